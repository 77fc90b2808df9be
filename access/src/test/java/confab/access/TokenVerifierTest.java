package confab.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import confab.access.TokenVerifier.Fault;
import confab.access.TokenVerifier.Verdict;
import confab.protocol.DisplayName;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Good tokens, and the ways to forge one.
class TokenVerifierTest {
  private static final String SECRET = "a secret that is as long as the hash";
  private static final String OTHER = "another secret as long as the hash!!";
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final Duration LEEWAY = Duration.ofSeconds(60);
  private static final TokenKeys KEYS = TokenKeys.parse(List.of("main=" + SECRET));

  private final TokenVerifier verifier = verifier(KEYS);

  private static TokenVerifier verifier(TokenKeys keys) {
    return new TokenVerifier(() -> keys, LEEWAY, InstantSource.fixed(NOW));
  }

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

  private static String sign(JWSHeader header, JWTClaimsSet claims, String secret)
      throws Exception {
    var jwt = new SignedJWT(header, claims);
    jwt.sign(new MACSigner(secret));
    return jwt.serialize();
  }

  private static String sign(JWTClaimsSet claims) throws Exception {
    return sign(new JWSHeader(JWSAlgorithm.HS256), claims, SECRET);
  }

  /// With what no library would write.
  private static String signRaw(String header, String payload) throws Exception {
    String signed = base64(header) + "." + base64(payload);
    var signer = new MACSigner(SECRET);
    var code =
        signer.sign(new JWSHeader(JWSAlgorithm.HS256), signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + code;
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private AccessToken good(String token) {
    Verdict verdict = verifier.verify(token);
    assertThat(verdict).isInstanceOf(Verdict.Good.class);
    return ((Verdict.Good) verdict).token();
  }

  private void bad(Fault fault, String token) {
    assertThat(verifier.verify(token))
        .isInstanceOfSatisfying(
            Verdict.Bad.class,
            bad -> {
              assertThat(bad.fault()).isEqualTo(fault);
              assertThat(bad.why()).isNotBlank().doesNotContain("\n", SECRET);
            });
  }

  @Test
  void whatIsMadeIsRead() {
    var token =
        new AccessToken(
            new RoomPattern("team-*"),
            Optional.of(new UserId("ann")),
            Optional.of(new DisplayName("Энн")),
            new Grant(
                Set.of(Right.JOIN, Right.CHAT, Right.HOST), NOW.plusSeconds(60), "id-1", NOW));
    String text = new TokenMaker(KEYS, InstantSource.fixed(NOW)).make(token);

    AccessToken read = good(text);
    assertThat(read.rooms()).isEqualTo(token.rooms());
    assertThat(read.user()).isEqualTo(token.user());
    assertThat(read.name()).isEqualTo(token.name());
    assertThat(read.grant().rights()).isEqualTo(token.grant().rights());
    assertThat(read.grant().token()).isEqualTo("id-1");
    assertThat(read.grant().expires()).isEqualTo(token.grant().expires().plus(LEEWAY));
    assertThat(read.rooms().contains(new RoomId("team-a"))).isTrue();
    assertThat(read.rooms().contains(new RoomId("tea"))).isFalse();
  }

  @Test
  void aTokenThatSaysLittleGrantsWhatEverybodyMay() throws Exception {
    AccessToken read = good(sign(claims()));
    assertThat(read.user()).isEmpty();
    assertThat(read.name()).isEmpty();
    assertThat(read.grant().rights()).isEqualTo(Grant.OPEN.rights());
  }

  @Test
  void whatIsNotKnownAllowsNothingAndDeniesNothing() throws Exception {
    Map<String, Object> grants =
        Map.of("join", true, "fly", true, "host", "yes", "publish", List.of("audio", "smell"));
    assertThat(good(sign(claims(it -> it.claim("grants", grants)))).grant().rights())
        .containsExactlyInAnyOrder(Right.JOIN, Right.AUDIO, Right.NAME);
  }

  @Test
  void whoseTokenNamesThemKeepsThatName() throws Exception {
    assertThat(good(sign(claims(it -> it.claim("name", "Ann")))).grant().allows(Right.NAME))
        .isFalse();
    var free = claims(it -> it.claim("name", "Ann").claim("grants", Map.of("name", true)));
    assertThat(good(sign(free)).grant().rights()).containsExactly(Right.NAME);
  }

  @Test
  void everySecretOfAKeyIsGoodAndTheFirstSigns() throws Exception {
    TokenKeys both = TokenKeys.parse(List.of("main=" + OTHER + "," + SECRET));
    assertThat(verifier(both).verify(sign(claims()))).isInstanceOf(Verdict.Good.class);
    String made =
        new TokenMaker(both, InstantSource.fixed(NOW))
            .make(
                new AccessToken(
                    new RoomPattern("*"),
                    Optional.empty(),
                    Optional.empty(),
                    new Grant(Set.of(Right.JOIN), NOW.plusSeconds(9), "", NOW)));
    bad(Fault.FORGED, made);
    assertThat(verifier(TokenKeys.parse(List.of("main=" + OTHER))).verify(made))
        .isInstanceOf(Verdict.Good.class);
  }

  // --- the forgery matrix ---

  @Test
  void withoutASignature() {
    bad(Fault.MALFORMED, new PlainJWT(claims()).serialize());
  }

  @Test
  void withAlgorithmNoneAndASignature() throws Exception {
    bad(Fault.MALFORMED, signRaw("{\"alg\":\"none\"}", claims().toString()));
  }

  @Test
  void byAnotherKey() throws Exception {
    bad(Fault.FORGED, sign(new JWSHeader(JWSAlgorithm.HS256), claims(), OTHER));
    bad(Fault.FORGED, sign(claims(it -> it.issuer("other"))));
    bad(Fault.FORGED, sign(claims(it -> it.issuer(null))));
    bad(
        Fault.FORGED,
        sign(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("other").build(), claims(), SECRET));
  }

  @Test
  void byAnotherAlgorithm() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var jwt =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("main").build(), claims());
    jwt.sign(new RSASSASigner(generator.generateKeyPair().getPrivate()));
    bad(Fault.MALFORMED, jwt.serialize());

    String long512 = SECRET + SECRET;
    bad(Fault.MALFORMED, sign(new JWSHeader(JWSAlgorithm.HS512), claims(), long512));
  }

  @Test
  void withAKeyOfItsOwn() throws Exception {
    JWK own = new OctetSequenceKey.Builder(OTHER.getBytes(StandardCharsets.UTF_8)).build();
    String header = "{\"alg\":\"HS256\",\"jwk\":" + own.toJSONString() + "}";
    String payload = claims().toString();
    // The library refuses to write some of these.
    for (String trick :
        List.of(
            header,
            "{\"alg\":\"HS256\",\"jku\":\"https://evil.example/keys\"}",
            "{\"alg\":\"HS256\",\"x5u\":\"https://evil.example/cert\"}",
            "{\"alg\":\"HS256\",\"x5c\":[\"MIIB\"]}",
            "{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1}",
            "{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}",
            "{\"alg\":\"HS256\",\"cty\":\"JWT\"}",
            "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}",
            "{\"alg\":\"HS256\",\"alg\":\"none\"}")) {
      bad(Fault.MALFORMED, signRaw(trick, payload));
    }
    var bySelf =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .type(JOSEObjectType.JWT)
            .jwkURL(URI.create("https://evil.example/keys"))
            .build();
    bad(Fault.MALFORMED, sign(bySelf, claims(), OTHER));
  }

  @Test
  void changedAfterwards() throws Exception {
    String[] parts = sign(claims()).split("\\.");
    String other = base64(claims(it -> it.claim("room", "*")).toString());
    bad(Fault.FORGED, parts[0] + "." + other + "." + parts[2]);
    bad(Fault.FORGED, parts[0] + "." + parts[1] + "." + "A".repeat(43));
    bad(Fault.MALFORMED, parts[0] + "." + parts[1]);
    bad(Fault.FORGED, parts[0] + "." + parts[1] + "." + parts[2].substring(2));
  }

  @Test
  void withAClaimTwice() throws Exception {
    long expires = NOW.plusSeconds(60).getEpochSecond();
    String twice =
        "{\"iss\":\"main\",\"exp\":%d,\"room\":\"demo\",\"room\":\"*\"}".formatted(expires);
    bad(Fault.MALFORMED, signRaw("{\"alg\":\"HS256\"}", twice));
  }

  @Test
  void forSomethingElse() throws Exception {
    bad(Fault.FOREIGN, sign(claims(it -> it.audience("mail"))));
    good(sign(claims(it -> it.audience(List.of("mail", "confab")))));
  }

  @Test
  void tooEarlyAndTooLate() throws Exception {
    bad(Fault.EARLY, sign(claims(it -> it.notBeforeTime(Date.from(NOW.plusSeconds(61))))));
    bad(Fault.EARLY, sign(claims(it -> it.issueTime(Date.from(NOW.plusSeconds(61))))));
    good(sign(claims(it -> it.notBeforeTime(Date.from(NOW.plusSeconds(59))))));
    bad(Fault.EXPIRED, sign(claims(it -> it.expirationTime(Date.from(NOW.minusSeconds(60))))));
    good(sign(claims(it -> it.expirationTime(Date.from(NOW.minusSeconds(59))))));
  }

  @Test
  void withoutAnEndInSight() throws Exception {
    bad(Fault.MALFORMED, sign(claims(it -> it.expirationTime(null))));
    Instant far = NOW.plus(TokenVerifier.LONGEST).plusSeconds(1);
    bad(Fault.MALFORMED, sign(claims(it -> it.expirationTime(Date.from(far)))));
    String beyond = "{\"iss\":\"main\",\"room\":\"demo\",\"exp\":9e300}";
    assertThat(verifier.verify(signRaw("{\"alg\":\"HS256\"}", beyond)))
        .isInstanceOf(Verdict.Bad.class);
  }

  @Test
  void withClaimsThatCannotBe() throws Exception {
    bad(Fault.MALFORMED, sign(claims(it -> it.claim("room", null))));
    bad(Fault.MALFORMED, sign(claims(it -> it.claim("room", List.of("demo")))));
    bad(Fault.MALFORMED, sign(claims(it -> it.claim("room", "De mo"))));
    bad(Fault.MALFORMED, sign(claims(it -> it.claim("room", "de*mo"))));
    bad(Fault.MALFORMED, sign(claims(it -> it.subject("two words"))));
    bad(Fault.MALFORMED, sign(claims(it -> it.claim("name", "\u0007"))));
    bad(Fault.MALFORMED, sign(claims(it -> it.claim("grants", "all"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "...", "a.b.c", "a.b.c.d.e", "eyJhbGciOiJIUzI1NiJ9..", "☃.☃.☃"})
  void whatIsNoToken(String text) {
    bad(Fault.MALFORMED, text);
  }

  @Test
  void aHugeOneAndOneWithinAnother() throws Exception {
    bad(Fault.MALFORMED, sign(claims(it -> it.claim("more", "x".repeat(8192)))));
    bad(Fault.MALFORMED, sign(claims(it -> it.jwtID("x".repeat(129)))));
    bad(Fault.MALFORMED, sign(claims(it -> it.jwtID("a\nb"))));
    String nested = sign(claims());
    bad(Fault.MALFORMED, signRaw("{\"alg\":\"HS256\",\"cty\":\"JWT\"}", nested));
    bad(Fault.MALFORMED, signRaw("{\"alg\":\"HS256\"}", nested));
    bad(Fault.MALFORMED, signRaw("{\"alg\":\"HS256\"}", "[".repeat(3000)));
  }
}
