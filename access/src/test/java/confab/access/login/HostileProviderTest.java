package confab.access.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import confab.access.fetch.Fetcher;
import confab.access.login.HostileProvider.IdToken;
import confab.access.login.OidcProvider.Proof;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What is taken of a provider that lies, and of whoever speaks in its place.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class HostileProviderTest {
  private static final URI BACK = URI.create("https://confab.example/login/callback");

  private HostileProvider hostile;
  private OidcProvider provider;

  @BeforeEach
  void start() throws Exception {
    hostile = HostileProvider.start(0);
    provider = provider(Fetcher.USUAL);
  }

  @AfterEach
  void stop() {
    hostile.close();
  }

  private OidcProvider provider(Fetcher fetcher) {
    return new OidcProvider(LoginConfig.of(hostile.issuer(), "confab", "secret"), fetcher);
  }

  private Account logIn() throws LoginFailure {
    Proof proof = Proof.random();
    URI there = provider.authorization(proof, BACK);
    return provider.account(hostile.back(there), proof, BACK);
  }

  private void assertOutcome(LoginOutcome outcome) {
    assertThatThrownBy(this::logIn)
        .isInstanceOfSatisfying(
            LoginFailure.class,
            failure -> {
              assertThat(failure.outcome()).as(failure.getMessage()).isEqualTo(outcome);
              assertThat(failure.getMessage()).doesNotContain("\n").hasSizeLessThan(100);
            });
  }

  @Test
  void whoeverTellsTheTruthIsBelieved() throws Exception {
    assertThat(logIn().name().orElseThrow().value()).isEqualTo("Ann");
  }

  static Stream<Arguments> forgeries() {
    return Stream.of(
        forgery("another nonce", (it, by) -> by.sign(it.claim("nonce", "other").build())),
        forgery("no nonce", (it, by) -> by.sign(it.claim("nonce", null).build())),
        forgery("for another client", (it, by) -> by.sign(it.audience("other").build())),
        forgery("for nobody", (it, by) -> by.sign(it.audience((String) null).build())),
        forgery("by another issuer", (it, by) -> by.sign(it.issuer("http://other").build())),
        forgery("over", (it, by) -> by.sign(it.expirationTime(ago(300)).build())),
        forgery("without end", (it, by) -> by.sign(it.expirationTime(null).build())),
        forgery("of nobody", (it, by) -> by.sign(it.subject(null).build())),
        forgery("from the future", (it, by) -> by.sign(it.issueTime(ago(-3600)).build())),
        forgery("by a strange key", (it, by) -> by.signStrangely(it.build())),
        forgery("unsigned", (it, _) -> new PlainJWT(it.build()).serialize()),
        forgery(
            "with the public key as a secret",
            (it, by) -> {
              var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), it.build());
              jwt.sign(new MACSigner(by.publicKey().toString().getBytes()));
              return jwt.serialize();
            }));
  }

  private static Arguments forgery(String name, IdToken token) {
    return Arguments.of(name, token);
  }

  private static Date ago(int seconds) {
    return Date.from(Instant.now().minusSeconds(seconds));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgeries")
  void anIdTokenThatIsNotGoodLogsNobodyIn(String name, IdToken token) {
    hostile.idToken = token;
    assertOutcome(LoginOutcome.FAILED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/.well-known/openid-configuration | no JSON",
        "/.well-known/openid-configuration | {\"issuer\": \"http://other\"}",
        "/.well-known/openid-configuration | []",
        "/token | {\"access_token\": 1}",
        "/token | ''",
        "/keys | {\"keys\": 7}",
        "/userinfo | {\"name\": \"Ann\"}",
      })
  void nonsenseLogsNobodyIn(String path, String nonsense) {
    hostile.answers.put(path, nonsense);
    assertOutcome(LoginOutcome.UNREACHABLE);
  }

  @Test
  void whatIsToldOfSomebodyElseCountsForNobody() {
    hostile.answers.put("/userinfo", "{\"sub\": \"somebody else\", \"name\": \"Ann\"}");
    assertOutcome(LoginOutcome.FAILED);
  }

  @ParameterizedTest
  @CsvSource({"/.well-known/openid-configuration", "/token", "/keys", "/userinfo"})
  void aProviderThatFallsSilentHoldsNobodyUp(String path) {
    provider = provider(new Fetcher(Duration.ofMillis(300)));
    hostile.silent = path;
    assertOutcome(LoginOutcome.UNREACHABLE);
  }

  @Test
  void anAnswerWithoutEndIsNotReadToItsEnd() {
    hostile.answers.put("/userinfo", "{\"sub\": \"" + "a".repeat(1_000_000) + "\"}");
    assertOutcome(LoginOutcome.UNREACHABLE);
  }

  @Test
  void anAnswerByAnotherProviderIsNotTaken() throws Exception {
    Proof proof = Proof.random();
    URI answer = hostile.back(provider.authorization(proof, BACK));
    assertThatThrownBy(
            () -> provider.account(URI.create(answer + "&iss=http://other"), proof, BACK))
        .isInstanceOf(LoginFailure.class);
  }
}
