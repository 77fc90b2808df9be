package confab.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import confab.access.TokenVerifier.Fault;
import confab.access.TokenVerifier.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens by keys of a JWK set, and the ways to forge one.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class IssuerTokensTest {
  private static final String ISSUER = "https://id.example";
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final String SECRET = "a secret that is as long as the hash";
  private static final TokenKeys SECRETS = TokenKeys.parse(List.of("main=" + SECRET));

  private static ECKey es;
  private static RSAKey rs;
  private static KeyPair edKeys;
  private static OctetKeyPair ed;

  private final TokenVerifier verifier = verifier(PublicKeys.parse(PublicKeysTest.set(es, rs, ed)));

  @BeforeAll
  static void makeKeys() throws Exception {
    es = new ECKeyGenerator(Curve.P_256).keyID("es").generate();
    rs = new RSAKeyGenerator(2048).keyID("rs").generate();
    edKeys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    ed = edKey().keyID("ed").build();
  }

  private static OctetKeyPair.Builder edKey() {
    byte[] encoded = edKeys.getPublic().getEncoded();
    byte[] point = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point));
  }

  private static TokenVerifier verifier(PublicKeys keys) {
    return verifier(new TokenIssuer(ISSUER, _ -> keys));
  }

  private static TokenVerifier verifier(TokenIssuer issuer) {
    return new TokenVerifier(
        () -> SECRETS, Optional.of(issuer), Duration.ofSeconds(60), InstantSource.fixed(NOW));
  }

  private static JWTClaimsSet claims(@Nullable String issuer, String... audience) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .audience(List.of(audience))
        .claim("room", "demo")
        .expirationTime(Date.from(NOW.plusSeconds(3600)))
        .build();
  }

  private static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
      throws Exception {
    var jwt = new SignedJWT(header, claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  private static JWSHeader header(JWSAlgorithm algorithm, String kid) {
    return new JWSHeader.Builder(algorithm).keyID(kid).build();
  }

  private static String byEs(JWSHeader header) throws Exception {
    return sign(header, claims(ISSUER), new ECDSASigner(es));
  }

  /// With what no library would write.
  private static String byEs(String header) throws Exception {
    String signed = base64(header) + "." + base64(claims(ISSUER).toString());
    var code =
        new ECDSASigner(es)
            .sign(new JWSHeader(JWSAlgorithm.ES256), signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + code;
  }

  private static String byEd(JWSHeader header) throws Exception {
    String signed = header.toBase64URL() + "." + base64(claims(ISSUER).toString());
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(edKeys.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + Base64URL.encode(signature.sign());
  }

  private static String base64(String text) {
    return Base64URL.encode(text).toString();
  }

  private void good(String token) {
    assertThat(verifier.verify(token)).isInstanceOf(Verdict.Good.class);
  }

  private void bad(Fault fault, String token) {
    bad(verifier, fault, token);
  }

  private static void bad(TokenVerifier verifier, Fault fault, String token) {
    assertThat(verifier.verify(token))
        .isInstanceOfSatisfying(
            Verdict.Bad.class, verdict -> assertThat(verdict.fault()).isEqualTo(fault));
  }

  @Test
  void everyAlgorithmIsGood() throws Exception {
    good(byEs(header(JWSAlgorithm.ES256, "es")));
    good(byEd(header(JWSAlgorithm.EdDSA, "ed")));
    good(sign(header(JWSAlgorithm.RS256, "rs"), claims(ISSUER), new RSASSASigner(rs)));
    good(sign(new JWSHeader(JWSAlgorithm.HS256), claims("main"), new MACSigner(SECRET)));
  }

  @Test
  void aKeyChecksByTheAlgorithmThatItNames() throws Exception {
    OctetKeyPair named = edKey().keyID("ed").algorithm(JWSAlgorithm.Ed25519).build();
    TokenVerifier newer = verifier(PublicKeys.parse(PublicKeysTest.set(named)));
    String token = byEd(header(JWSAlgorithm.Ed25519, "ed"));
    assertThat(newer.verify(token)).isInstanceOf(Verdict.Good.class);
    bad(newer, Fault.FORGED, byEd(header(JWSAlgorithm.EdDSA, "ed")));
    bad(Fault.FORGED, token);
  }

  @Test
  void oneIdMayHaveSeveralKeys() throws Exception {
    ECKey other = new ECKeyGenerator(Curve.P_256).keyID("es").generate();
    RSAKey third = new RSAKey.Builder(rs.toPublicJWK()).keyID("es").build();
    TokenVerifier all = verifier(PublicKeys.parse(PublicKeysTest.set(other, third, es)));
    assertThat(all.verify(byEs(header(JWSAlgorithm.ES256, "es")))).isInstanceOf(Verdict.Good.class);
  }

  // --- the forgery matrix ---

  @Test
  void withAlgorithmNone() throws Exception {
    bad(Fault.MALFORMED, byEs("{\"alg\":\"none\",\"kid\":\"es\"}"));
    String header = base64("{\"alg\":\"none\",\"kid\":\"es\"}");
    bad(Fault.MALFORMED, header + "." + base64(claims(ISSUER).toString()) + ".");
  }

  @Test
  void withAPublicKeyAsSecret() throws Exception {
    for (JWK key : List.of(es, rs)) {
      byte[] encoded = (key == es ? es.toPublicKey() : rs.toPublicKey()).getEncoded();
      String pem =
          "-----BEGIN PUBLIC KEY-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
              + "\n-----END PUBLIC KEY-----\n";
      for (byte[] secret :
          List.of(
              encoded,
              pem.getBytes(StandardCharsets.US_ASCII),
              key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))) {
        for (String issuer : List.of(ISSUER, key.getKeyID())) {
          var header = header(JWSAlgorithm.HS256, key.getKeyID());
          bad(Fault.FORGED, sign(header, claims(issuer), new MACSigner(secret)));
        }
      }
    }
  }

  @Test
  void withASecretOfTheSet() throws Exception {
    var secret = new OctetSequenceKey.Builder(new byte[32]).keyID("secret").build();
    TokenVerifier careful = verifier(PublicKeys.parse(PublicKeysTest.set(es, secret)));
    for (String issuer : List.of(ISSUER, "secret")) {
      var header = header(JWSAlgorithm.HS256, "secret");
      bad(careful, Fault.FORGED, sign(header, claims(issuer), new MACSigner(secret)));
    }
  }

  @Test
  void byAnotherAlgorithmThanThatOfTheKey() throws Exception {
    bad(Fault.FORGED, sign(header(JWSAlgorithm.RS256, "es"), claims(ISSUER), new RSASSASigner(rs)));
    bad(Fault.FORGED, byEs(header(JWSAlgorithm.ES256, "rs")));
    bad(Fault.FORGED, byEs("{\"alg\":\"EdDSA\",\"kid\":\"es\"}"));
    for (JWSAlgorithm other : List.of(JWSAlgorithm.PS256, JWSAlgorithm.RS512)) {
      bad(Fault.MALFORMED, sign(header(other, "rs"), claims(ISSUER), new RSASSASigner(rs)));
    }
  }

  @Test
  void byAnotherKey() throws Exception {
    ECKey other = new ECKeyGenerator(Curve.P_256).keyID("es").generate();
    bad(
        Fault.FORGED,
        sign(header(JWSAlgorithm.ES256, "es"), claims(ISSUER), new ECDSASigner(other)));
    bad(Fault.FORGED, byEs(header(JWSAlgorithm.ES256, "other")));
    bad(Fault.FORGED, byEs(new JWSHeader(JWSAlgorithm.ES256)));
  }

  @Test
  void ofAnotherIssuer() throws Exception {
    for (String issuer : Arrays.asList("https://evil.example", ISSUER + "/", "es", "main", null)) {
      var header = header(JWSAlgorithm.ES256, "es");
      bad(Fault.FORGED, sign(header, claims(issuer), new ECDSASigner(es)));
    }
    var main = header(JWSAlgorithm.ES256, "main");
    bad(Fault.FORGED, sign(main, claims("main"), new ECDSASigner(es)));
  }

  @Test
  void withASignatureThatIsNone() throws Exception {
    for (String token :
        List.of(
            byEs(header(JWSAlgorithm.ES256, "es")),
            byEd(header(JWSAlgorithm.EdDSA, "ed")),
            sign(header(JWSAlgorithm.RS256, "rs"), claims(ISSUER), new RSASSASigner(rs)))) {
      String signed = token.substring(0, token.lastIndexOf('.') + 1);
      for (int length : new int[] {1, 63, 64, 65, 256, 1024}) {
        bad(Fault.FORGED, signed + Base64URL.encode(new byte[length]));
      }
      String[] parts = token.split("\\.");
      String changed = base64(claims(ISSUER).toString().replace("demo", "dome"));
      bad(Fault.FORGED, parts[0] + "." + changed + "." + parts[2]);
    }
  }

  @Test
  void withAKeyOfItsOwn() throws Exception {
    ECKey own = new ECKeyGenerator(Curve.P_256).keyID("es").generate();
    String jwk = "{\"alg\":\"ES256\",\"kid\":\"es\",\"jwk\":" + own.toPublicJWK() + "}";
    for (String header :
        List.of(
            jwk,
            "{\"alg\":\"ES256\",\"kid\":\"es\",\"jku\":\"https://evil.example/keys\"}",
            "{\"alg\":\"ES256\",\"kid\":\"es\",\"x5u\":\"https://evil.example/cert\"}",
            "{\"alg\":\"ES256\",\"kid\":\"es\",\"x5c\":[\"MIIB\"]}",
            "{\"alg\":\"ES256\",\"kid\":\"es\",\"crit\":[\"exp\"],\"exp\":1}")) {
      bad(Fault.MALFORMED, byEs(header));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "JWT"})
  void accessTokensAreOfIssuersOnly(String type) throws Exception {
    good(byEs("{\"alg\":\"ES256\",\"kid\":\"es\",\"typ\":\"" + type + "\"}"));
    var typed =
        new JWSHeader.Builder(JWSAlgorithm.HS256).type(new JOSEObjectType(type)).keyID("main");
    String bySecret = sign(typed.build(), claims("main"), new MACSigner(SECRET));
    if (type.equals("JWT")) {
      good(bySecret);
    } else {
      bad(Fault.MALFORMED, bySecret);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dpop+jwt", "logout+jwt", "secevent+jwt", "at", "at+jwt ", "jwt/at+jwt"})
  void ofAnotherType(String type) throws Exception {
    bad(Fault.MALFORMED, byEs("{\"alg\":\"ES256\",\"kid\":\"es\",\"typ\":\"" + type + "\"}"));
  }

  @Test
  void forSomethingElse() throws Exception {
    good(byEs(claims(ISSUER, "account", "confab")));
    bad(Fault.FOREIGN, byEs(claims(ISSUER, "account")));
    bad(Fault.FOREIGN, byEs(claims(ISSUER, "Confab", "confab ", ISSUER)));
    good(bySecret(claims("main", "confab")));
    bad(Fault.FOREIGN, bySecret(claims("main", "account")));
  }

  @Test
  void whereAnAudienceIsNeeded() throws Exception {
    PublicKeys keys = PublicKeys.parse(PublicKeysTest.set(es));
    TokenVerifier strict = verifier(new TokenIssuer(ISSUER, Optional.of("meetings"), _ -> keys));
    String meant = byEs(claims(ISSUER, "account", "meetings"));
    assertThat(strict.verify(meant)).isInstanceOf(Verdict.Good.class);
    for (String[] other : new String[][] {{}, {""}, {"confab"}, {"Meetings"}, {"meetings/"}}) {
      bad(strict, Fault.FOREIGN, byEs(claims(ISSUER, other)));
    }
    // Whoever has a secret has it from the operator of the edges.
    assertThat(strict.verify(bySecret(claims("main")))).isInstanceOf(Verdict.Good.class);
    bad(strict, Fault.FOREIGN, bySecret(claims("main", "meetings")));
    // Whose signature is not good is not told that.
    ECKey other = new ECKeyGenerator(Curve.P_256).keyID("es").generate();
    var header = header(JWSAlgorithm.ES256, "es");
    bad(strict, Fault.FORGED, sign(header, claims(ISSUER), new ECDSASigner(other)));
  }

  private static String byEs(JWTClaimsSet claims) throws Exception {
    return sign(header(JWSAlgorithm.ES256, "es"), claims, new ECDSASigner(es));
  }

  private static String bySecret(JWTClaimsSet claims) throws Exception {
    return sign(header(JWSAlgorithm.HS256, "main"), claims, new MACSigner(SECRET));
  }

  @Test
  void nobodyElseMakesAnEdgeLookForKeys() throws Exception {
    var none =
        new TokenIssuer(
            ISSUER,
            kid -> {
              throw new AssertionError("asked for " + kid);
            });
    var closed =
        new TokenVerifier(
            () -> SECRETS, Optional.of(none), Duration.ZERO, InstantSource.fixed(NOW));
    var header = header(JWSAlgorithm.ES256, "es");
    bad(closed, Fault.FORGED, sign(header, claims("https://evil.example"), new ECDSASigner(es)));
    bad(closed, Fault.FORGED, byEs(new JWSHeader(JWSAlgorithm.ES256)));
  }

  @Test
  void whereThereIsNoIssuerTheirAlgorithmsAreNotKnown() throws Exception {
    var secretsOnly = new TokenVerifier(() -> SECRETS, Duration.ZERO, InstantSource.fixed(NOW));
    bad(secretsOnly, Fault.MALFORMED, byEs(header(JWSAlgorithm.ES256, "es")));
  }

  @Test
  void aTokenThatIsRememberedIsStillCheckedForItsTimeAndNoOtherIsTakenForIt() throws Exception {
    String token = byEs(header(JWSAlgorithm.ES256, "es"));
    good(token);
    good(token);
    String unsigned = token.substring(0, token.lastIndexOf('.') + 1);
    bad(Fault.FORGED, unsigned + base64("x".repeat(64)));
    bad(
        Fault.FORGED,
        base64("{\"alg\":\"ES256\",\"kid\":\"rs\"}") + token.substring(token.indexOf('.')));

    PublicKeys keys = PublicKeys.parse(PublicKeysTest.set(es));
    var later = new AtomicReference<>(NOW);
    var aging =
        new TokenVerifier(
            () -> SECRETS,
            Optional.of(new TokenIssuer(ISSUER, _ -> keys)),
            Duration.ofSeconds(60),
            later::get);
    assertThat(aging.verify(token)).isInstanceOf(Verdict.Good.class);
    later.set(NOW.plusSeconds(3_660));
    bad(aging, Fault.EXPIRED, token);
  }
}
