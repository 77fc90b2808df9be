package confab.edge.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import confab.access.TokenIssuer;
import confab.access.TokenKeys;
import confab.access.TokenVerifier;
import confab.access.TokenVerifier.Verdict;
import confab.access.fetch.Fetcher;
import confab.edge.access.KeySetCache.Outcome;
import confab.protocol.figures.Counts;
import confab.rig.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The keys of an issuer over HTTP, by a clock that is turned by hand.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class KeySetCacheTest {
  private static final String ISSUER = "https://id.example";
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private final ECKey first = key("first");
  private final ECKey second = key("second");
  private final ECKey third = key("third");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicLong clock = new AtomicLong(42);
  private final Counts<Outcome> outcomes = new Counts<>(Outcome.class);
  private volatile HttpHandler answer = set(first);
  private HttpServer server;
  private KeySetCache cache;
  private TokenVerifier verifier;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          try (exchange) {
            answer.handle(exchange);
          }
        });
    server.start();
    cache = cache(Fetcher.USUAL.limit());
    verifier = verifier(cache);
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private KeySetCache cache(Duration limit) {
    URI url = URI.create("http://localhost:" + server.getAddress().getPort() + "/keys");
    return new KeySetCache(new KeySetUrl(url, new Fetcher(limit))::fetch, outcomes, clock::get);
  }

  private static TokenVerifier verifier(KeySetCache cache) {
    return new TokenVerifier(
        () -> TokenKeys.NONE,
        Optional.of(new TokenIssuer(ISSUER, cache)),
        Duration.ZERO,
        InstantSource.fixed(NOW));
  }

  private static ECKey key(String kid) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static HttpHandler set(JWK... keys) {
    return exchange -> send(exchange, 200, new JWKSet(List.of(keys)).toString());
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private boolean isGood(ECKey key) throws Exception {
    var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .claim("room", "demo")
            .expirationTime(Date.from(NOW.plusSeconds(60)))
            .build();
    var jwt = new SignedJWT(header, claims);
    jwt.sign(new ECDSASigner(key));
    return verifier.verify(jwt.serialize()) instanceof Verdict.Good;
  }

  @Test
  void fiftyWhoAskAtOnceMakeOneRequest() throws Exception {
    int many = 50;
    var asking = new CountDownLatch(many);
    answer =
        exchange -> {
          await(asking);
          set(first).handle(exchange);
        };
    List<Future<Boolean>> verdicts = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      verdicts.add(
          threads.submit(
              () -> {
                asking.countDown();
                return isGood(first);
              }));
    }
    for (Future<Boolean> verdict : verdicts) {
      assertThat(verdict.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    assertThat(isGood(first)).isTrue();
    assertThat(requests).hasValue(1);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void aNewKeyCountsAtOnceAndOthersAreLookedForEveryTenSeconds() throws Exception {
    assertThat(isGood(first)).isTrue();
    answer = set(first, second);
    assertThat(isGood(second)).isTrue();
    assertThat(requests).hasValue(2);

    pass(Duration.ofMillis(9_999));
    answer = set(second, third);
    assertThat(isGood(third)).isFalse();
    assertThat(isGood(first)).isTrue();
    assertThat(requests).hasValue(2);

    pass(Duration.ofMillis(1));
    assertThat(isGood(third)).isTrue();
    assertThat(isGood(first)).isFalse();
    assertThat(requests).hasValue(3);
  }

  @Test
  void afterAnHourKeysAreFetchedWhileTheFormerGoOn() throws Exception {
    assertThat(isGood(first)).isTrue();
    var answering = new CountDownLatch(1);
    answer =
        exchange -> {
          await(answering);
          set(second).handle(exchange);
        };
    pass(Duration.ofMinutes(60).minusNanos(1));
    assertThat(isGood(first)).isTrue();
    assertThat(requests).hasValue(1);

    pass(Duration.ofNanos(1));
    assertThat(isGood(first)).isTrue();
    assertThat(isGood(first)).isTrue();
    answering.countDown();
    assertThat(isGood(second)).isTrue();
    assertThat(isGood(first)).isFalse();
  }

  /// What may be wrong with a provider.
  private enum Outage {
    ERROR,
    NONSENSE,
    NO_KEYS,
    HUGE,
    SILENT,
    SLOW,
    CUT_SHORT,
    IN_CIRCLES
  }

  private HttpHandler in(Outage outage) {
    return switch (outage) {
      case ERROR -> exchange -> send(exchange, 500, new JWKSet(second).toString());
      case NONSENSE -> exchange -> send(exchange, 200, "<html>");
      case NO_KEYS -> exchange -> send(exchange, 200, "{\"keys\":[]}");
      case HUGE ->
          exchange ->
              send(exchange, 200, " ".repeat(256 * 1024) + new JWKSet(second.toPublicJWK()));
      case SILENT -> _ -> await(end);
      case SLOW ->
          exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(end);
          };
      case CUT_SHORT ->
          exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
          };
      case IN_CIRCLES ->
          exchange -> {
            exchange.getResponseHeaders().set("Location", "/keys");
            exchange.sendResponseHeaders(302, -1);
          };
    };
  }

  @ParameterizedTest
  @EnumSource
  void theFormerKeysGoOnInAnOutage(Outage outage) throws Exception {
    boolean hangs = outage == Outage.SILENT || outage == Outage.SLOW;
    cache = cache(hangs ? Duration.ofMillis(500) : Fetcher.USUAL.limit());
    verifier = verifier(cache);
    assertThat(isGood(first)).isTrue();
    answer = in(outage);
    pass(Duration.ofHours(1));
    // It waits until the fetch has failed.
    assertThat(isGood(second)).isFalse();
    assertThat(isGood(first)).isTrue();
    assertThat(outcomes.of(Outcome.FAILED)).isOne();

    // Nobody asks again at once.
    answer = set(second);
    assertThat(isGood(second)).isFalse();
    assertThat(outcomes.of(Outcome.FETCHED)).isOne();
    pass(Duration.ofSeconds(10));
    assertThat(isGood(second)).isTrue();
    assertThat(isGood(first)).isFalse();
    assertThat(outcomes.of(Outcome.FAILED)).isOne();
  }

  @Test
  void theFormerKeysGoOnWhileNobodyAnswers() throws Exception {
    assertThat(isGood(first)).isTrue();
    server.stop(0);
    pass(Duration.ofHours(100));
    assertThat(isGood(second)).isFalse();
    assertThat(isGood(first)).isTrue();
    assertThat(outcomes.of(Outcome.FAILED)).isOne();
  }

  @Test
  void whoNeverAnsweredIsAskedEveryTenSeconds() throws Exception {
    answer = in(Outage.ERROR);
    assertThat(isGood(first)).isFalse();
    assertThat(isGood(first)).isFalse();
    assertThat(requests).hasValue(1);

    answer = set(first);
    pass(Duration.ofSeconds(10));
    assertThat(isGood(first)).isTrue();
    assertThat(requests).hasValue(2);
  }

  @Test
  void aSetMayBeElsewhere() throws Exception {
    answer =
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/keys")) {
            exchange.getResponseHeaders().set("Location", "/moved");
            exchange.sendResponseHeaders(302, -1);
          } else {
            set(first).handle(exchange);
          }
        };
    assertThat(isGood(first)).isTrue();
  }
}
