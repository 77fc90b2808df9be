package confab.participant.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class HttpTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private record Asked(URI url, Headers headers) {}

  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private HttpServer server;
  private String origin;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    origin = "http://127.0.0.1:" + server.getAddress().getPort();
    server.createContext(
        "/",
        exchange -> {
          asked.add(new Asked(exchange.getRequestURI(), exchange.getRequestHeaders()));
          boolean moved = exchange.getRequestURI().getPath().equals("/old");
          boolean unknown =
              exchange.getRequestURI().getHost() != null
                  && !exchange.getRequestHeaders().containsKey("Proxy-Authorization");
          exchange.getResponseHeaders().set("Location", origin + "/new");
          exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"here\"");
          exchange.sendResponseHeaders(moved ? 307 : unknown ? 407 : 200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aRedirectIsFollowedAndTold() throws Exception {
    Http.Answer answer = Http.get(URI.create(origin + "/old?a=%25"), "", false, LIMIT);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.url()).isEqualTo(URI.create(origin + "/new"));
    assertThat(asked.take().url()).hasToString("/old?a=%25");
  }

  @Test
  void aProxyIsAskedWithTheNameItWantsToKnow() throws Exception {
    String proxy = origin.replace("//", "//me%40home:pass%3Aword@");
    var client = Http.newClient(false, LIMIT, new Proxies(Map.of("http_proxy", proxy)));

    Http.Answer answer = Http.get(client, URI.create("http://far.invalid/api"), "", LIMIT);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(asked.take().url()).hasToString("http://far.invalid/api");
    assertThat(asked.take().headers().get("Proxy-Authorization"))
        .isEqualTo(List.of(okhttp3.Credentials.basic("me@home", "pass:word")));
  }

  @Test
  void whoNeverAnswersIsNotWaitedFor() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      assertThatThrownBy(() -> Http.get(url, "", false, Duration.ofMillis(100)))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  /// Nagle's algorithm would hold a frame back until the one before it is acknowledged.
  @Test
  void whatIsSentGoesAtOnce() throws Exception {
    try (Socket socket = Http.newClient(false, LIMIT).socketFactory().createSocket()) {
      assertThat(socket.getTcpNoDelay()).isTrue();
    }
  }

  @Test
  void addressesOfBothKindsTakeTurns() throws Exception {
    List<InetAddress> all =
        List.of(address("10.0.0.1"), address("10.0.0.2"), address("fd00::1"), address("10.0.0.3"));

    assertThat(Addresses.inTurn(all))
        .containsExactly(all.get(2), all.get(0), all.get(1), all.get(3));
  }

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }
}
