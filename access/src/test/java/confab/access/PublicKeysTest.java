package confab.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sets of keys as providers publish them, and what is remembered of tokens that they check.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class PublicKeysTest {
  private static ECKey es;
  private static RSAKey rs;

  @BeforeAll
  static void makeKeys() throws Exception {
    es = new ECKeyGenerator(Curve.P_256).keyID("es").generate();
    rs = new RSAKeyGenerator(2048).keyID("rs").generate();
  }

  /// As providers publish it.
  static String set(JWK... keys) {
    return Stream.of(keys)
        .map(key -> key.isPrivate() && !(key instanceof OctetSequenceKey) ? key.toPublicJWK() : key)
        .map(JWK::toJSONString)
        .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }

  @Test
  void theOthersOfASetAreReadWhereOneCannotBe() throws Exception {
    String set = set(es).replace("[", "[{\"kty\":\"EC\",\"kid\":\"x\"},{\"kty\":\"future\"},{},");
    assertThat(PublicKeys.parse(set)).hasToString("PublicKeys[es]");
  }

  @Test
  void aSetIsReadFromAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("keys.json"), set(es, rs));
    assertThat(PublicKeys.read(file).has("rs")).isTrue();

    Files.writeString(file, "{}");
    assertThatThrownBy(() -> PublicKeys.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": this is no JWK set");
    assertThatThrownBy(() -> PublicKeys.read(folder.resolve("none")))
        .hasMessageContaining("cannot read")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "<html>",
        "[]",
        "{}",
        "{\"keys\":{}}",
        "{\"keys\":[1]}",
        "{\"keys\":null}",
        "{\"keys\":[]}",
        "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"a\",\"x\":\"AA\"}]}",
        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"a\",\"x\":\"AQ\",\"y\":\"AQ\"}]}"
      })
  void whatHasNoKeysIsNoSet(String json) {
    assertThatThrownBy(() -> PublicKeys.parse(json)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keysForSomethingElseArePassedOver() throws Exception {
    for (JWK other :
        List.of(
            new ECKey.Builder(es).keyUse(KeyUse.ENCRYPTION).build(),
            new ECKey.Builder(es).keyOperations(Set.of(KeyOperation.DERIVE_KEY)).build(),
            new ECKey.Builder(es).keyID(null).build(),
            new ECKey.Builder(es).algorithm(JWSAlgorithm.RS256).build(),
            new ECKeyGenerator(Curve.P_384).keyID("es").generate(),
            new RSAKey.Builder(rs.toPublicJWK()).algorithm(JWSAlgorithm.PS256).build(),
            new RSAKeyGenerator(1024, true).keyID("rs").generate(),
            new OctetSequenceKey.Builder(new byte[32]).keyID("es").build())) {
      assertThatThrownBy(() -> PublicKeys.parse(set(other)))
          .as(other.toPublicJWK() == null ? "a secret" : set(other))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void onlySoManyTokensAreRememberedAndThoseThatAreUsedStay() {
    var recent = new RecentlySigned(2);
    for (String token : List.of("one", "two", "one", "three")) {
      recent.add(token);
    }
    assertThat(recent.size()).isEqualTo(2);
    assertThat(recent.contains("one")).isTrue();
    assertThat(recent.contains("two")).isFalse();
  }
}
