package confab.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import confab.access.TokenVerifier.Fault;
import confab.access.TokenVerifier.Verdict;
import confab.protocol.DisplayName;
import confab.protocol.grants.Attributes;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What tokens say besides rights: limits, attributes and the name of the room.
class ClaimsTest {
  private static final String SECRET = "a secret that is as long as the hash";
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final TokenKeys KEYS = TokenKeys.parse(List.of("main=" + SECRET));

  private final TokenVerifier verifier =
      new TokenVerifier(() -> KEYS, Duration.ofSeconds(60), InstantSource.fixed(NOW));

  private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer("main")
            .claim("room", "demo")
            .expirationTime(Date.from(NOW.plusSeconds(3600)));
    change.accept(claims);
    return claims.build();
  }

  private static JWTClaimsSet claims() {
    return claims(_ -> {});
  }

  private static String sign(JWTClaimsSet claims) throws Exception {
    var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    jwt.sign(new MACSigner(SECRET));
    return jwt.serialize();
  }

  private AccessToken good(String token) {
    Verdict verdict = verifier.verify(token);
    assertThat(verdict).isInstanceOf(Verdict.Good.class);
    return ((Verdict.Good) verdict).token();
  }

  /// What is wrong is said in one line.
  private void bad(String token) {
    assertThat(verifier.verify(token))
        .isInstanceOfSatisfying(
            Verdict.Bad.class,
            bad -> {
              assertThat(bad.fault()).isEqualTo(Fault.MALFORMED);
              assertThat(bad.why()).isNotBlank().doesNotContain("\n");
            });
  }

  @Test
  void limitsAttributesAndTheNameOfTheRoomAreReadAsMade() {
    var grant =
        new Grant(
            Set.of(Right.JOIN, Right.HIDDEN, Right.RECORD),
            NOW.plusSeconds(60),
            "id-1",
            NOW,
            Attributes.of(Map.of("role", "Гость", "team.nr", "7")),
            OptionalInt.of(64_000),
            OptionalInt.of(2));
    var token =
        new AccessToken(
            new RoomPattern("demo"),
            Optional.empty(),
            Optional.empty(),
            grant,
            Optional.of(new DisplayName("Standup ☕")));
    AccessToken read = good(new TokenMaker(KEYS, InstantSource.fixed(NOW)).make(token));
    assertThat(read.roomName()).isEqualTo(token.roomName());
    assertThat(read.grant().attributes()).isEqualTo(grant.attributes());
    assertThat(read.grant().maxBitrate()).hasValue(64_000);
    assertThat(read.grant().sessions()).hasValue(2);
    assertThat(read.grant().allows(Right.RECORD)).isTrue();
    assertThat(read.grant().isHidden()).isTrue();
  }

  @Test
  void aTokenThatSaysLittleSetsNoLimits() throws Exception {
    AccessToken read = good(sign(claims()));
    assertThat(read.grant().attributes()).isEqualTo(Attributes.NONE);
    assertThat(read.grant().maxBitrate()).isEmpty();
    assertThat(read.grant().sessions()).isEmpty();
    assertThat(read.roomName()).isEmpty();
  }

  @Test
  void moreThanCanBeCountedIsAsGoodAsNoLimit() throws Exception {
    var grants = Map.of("join", true, "maxBitrate", Long.MAX_VALUE);
    assertThat(good(sign(claims(it -> it.claim("grants", grants)))).grant().maxBitrate())
        .hasValue(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "\"many\"", "true", "[2]", "{}", "null"})
  void aLimitThatIsNoneIsNoToken(String limit) throws Exception {
    for (String name : List.of("sessions", "maxBitrate")) {
      String grants = "{\"join\":true,\"%s\":%s}".formatted(name, limit);
      bad(sign(JWTClaimsSet.parse(claimsWith("grants", grants))));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "\"text\"",
        "{\"a b\":\"x\"}",
        "{\"\":\"x\"}",
        "{\"a\":7}",
        "{\"a\":\"\"}",
        "{\"a\":\"x\\ny\"}",
        "{\"a\":{\"b\":\"c\"}}",
        "{\"a\":null}"
      })
  void attributesThatAreNoneAreNoToken(String attributes) throws Exception {
    bad(sign(JWTClaimsSet.parse(claimsWith("attributes", attributes))));
  }

  @Test
  void thereAreOnlySoManyAttributes() throws Exception {
    Map<String, String> many = new TreeMap<>();
    for (int i = 0; i < 16; i++) {
      many.put("a" + i, "x");
    }
    assertThat(good(sign(claims(it -> it.claim("attributes", many)))).grant().attributes().values())
        .isEqualTo(many);
    many.put("a16", "x");
    bad(sign(claims(it -> it.claim("attributes", many))));
    for (Map<String, String> bad :
        List.of(
            Map.of("a", "x".repeat(257)),
            Map.of("a".repeat(65), "x"),
            Map.of("a", "x".repeat(255), "b", "x".repeat(256)))) {
      bad(sign(claims(it -> it.claim("attributes", bad))));
    }
    var full = Map.of("a", "x".repeat(255), "b", "x".repeat(255));
    assertThat(good(sign(claims(it -> it.claim("attributes", full)))).grant().attributes().values())
        .isEqualTo(full);
  }

  @Test
  void onlyATokenForOneRoomNamesIt() throws Exception {
    assertThat(good(sign(claims(it -> it.claim("roomName", "Standup")))).roomName())
        .hasValue(new DisplayName("Standup"));
    for (String rooms : List.of("*", "demo-*")) {
      bad(sign(claims(it -> it.claim("room", rooms).claim("roomName", "All"))));
    }
    bad(sign(claims(it -> it.claim("roomName", "\u3164"))));
    bad(sign(claims(it -> it.claim("roomName", "x".repeat(65)))));
  }

  private static String claimsWith(String name, String json) {
    String claims = claims().toString();
    return claims.substring(0, claims.length() - 1) + ",\"" + name + "\":" + json + "}";
  }
}
