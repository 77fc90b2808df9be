package confab.edge;

import static org.assertj.core.api.Assertions.assertThat;

import confab.rig.Patience;
import confab.rig.hostile.AnyCertificate;
import io.undertow.UndertowOptions;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.client.UndertowClient;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StringReadChannelListener;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.OptionMap;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/// Addresses at which nothing is, or which are none: people see the page, programs JSON.
class WrongAddressTest {
  private static final String BROWSER = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";
  private static Edge edge;

  @BeforeAll
  static void start() throws StartException {
    edge = Edge.start(EdgeConfig.onLoopback());
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/Nothing/at/all", "/assets/nothing.js", "/meetings/demo"})
  void peopleSeeThePageWhereNothingIs(String path) throws Exception {
    for (String method : List.of("GET", "HEAD")) {
      var answer = Http.send(edge.httpAddress(), method, path, "Accept", BROWSER);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
      assertThat(answer.headers().firstValue("Vary")).contains("Accept");
      assertThat(answer.body()).contains(method.equals("GET") ? "Test page" : "");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/assets/nothing.js"})
  void programsReadJsonThere(String path) throws Exception {
    for (String accept : List.of("*/*", "application/json", "image/avif,image/webp,*/*")) {
      var answer = Http.send(edge.httpAddress(), "GET", path, "Accept", accept);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(Http.error(answer)).isEqualTo("not_found");
    }
    var posted = Http.send(edge.httpAddress(), "POST", path, "Accept", BROWSER);
    assertThat(Http.error(posted)).isEqualTo("method_not_allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/nothing", "/api/v2/session", "/api/v1/rooms/nowhere"})
  void theApiIsForPrograms(String path) throws Exception {
    var answer = Http.send(edge.httpAddress(), "GET", path, "Accept", BROWSER);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/meeting/50%",
        "/meeting/50%/demo",
        "/meeting/%zz",
        "/meeting/demo?x=50%",
        "/meeting/a|b",
        "/meeting/{demo}",
        "/meeting/\u00c3\u009cber",
        "/%"
      })
  void anAddressThatIsNoneGetsThePageOverHttp1(String path) throws Exception {
    String head = "GET " + path + " HTTP/1.1\r\nHost: x\r\nAccept: " + BROWSER + "\r\n\r\n";
    for (String answer :
        List.of(Http.raw(edge.httpAddress(), head), Http.rawSecurely(edge.httpsAddress(), head))) {
      assertThat(answer)
          .startsWith("HTTP/1.1 400 Bad Request\r\n")
          .contains("Content-Type: text/html; charset=utf-8\r\n", "Connection: close\r\n")
          .contains("Content-Security-Policy: default-src 'self'; ")
          .contains("Test page");
      String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
      assertThat(answer).contains("Content-Length: " + body.length() + "\r\n");
    }
  }

  @Test
  void anAddressThatIsNoneGetsThePageOverHttp2() throws Exception {
    try (var client = new Http2Client()) {
      for (String path : List.of("/meeting/50%", "/meeting/%zz/demo", "/meeting/demo?x=50%")) {
        Answer answer = client.get(path, BROWSER);
        assertThat(answer.status).as(path).isEqualTo(400);
        assertThat(answer.type).isEqualTo("text/html; charset=utf-8");
        assertThat(answer.body).contains("Test page");
      }
      // What a browser does not encode is read as what it is.
      for (String path : List.of("/meeting/a|b", "/meeting/{demo}?x=^", "/meeting/\u00c3\u009c")) {
        Answer answer = client.get(path, BROWSER);
        assertThat(answer.status).as(path).isEqualTo(200);
        assertThat(answer.body).contains("Test page");
      }
      for (String path : List.of("/50%", "/api/v1/session?room=50%&user=a", "/api/v1/rooms/%")) {
        Answer answer = client.get(path, "*/*");
        assertThat(answer.status).as(path).isEqualTo(400);
        assertThat(answer.body).contains("\"bad_address\"");
      }
      assertThat(client.get("/api/v1/rooms/%", BROWSER).type).isEqualTo("application/json");
      // On the same connection all the while, and otherwise as over HTTP/1.1.
      assertThat(client.get("/healthz", "*/*").body).isEqualTo("ok\n");
      assertThat(client.get("/%68ealthz", "*/*").body).isEqualTo("ok\n");
      assertThat(client.get("/api%2Fv1/rooms", "*/*").status).isEqualTo(404);
    }
  }

  /// Rules of a proxy compare paths, and must compare what the edge then reads.
  @Test
  void pathsWithParametersAreRefused() throws Exception {
    for (String path : List.of("/metrics;x", "/readyz;x=1", "/api/v1/drain;a=b", "/;/metrics")) {
      var answer = Http.send(edge.httpAddress(), "GET", path);
      assertThat(answer.statusCode()).as(path).isEqualTo(400);
      assertThat(Http.error(answer)).isEqualTo("bad_address");
      try (var client = new Http2Client()) {
        assertThat(client.get(path, "*/*").status).as(path).isEqualTo(400);
      }
    }
    var page = Http.send(edge.httpAddress(), "GET", "/meeting/a;b", "Accept", BROWSER);
    assertThat(page.body()).contains("Test page");
    assertThat(Http.get(edge.httpAddress(), "/healthz?a;b").statusCode()).isEqualTo(200);
  }

  /// What follows a change of protocol would be past the rules of a proxy in front.
  @Test
  void thereIsNoHttp2InTheClear() throws Exception {
    String upgraded =
        Http.head(
            edge.httpAddress(),
            "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");
    assertThat(upgraded).startsWith("HTTP/1.1 200").doesNotContain("Upgrade: h2c");
    // The preface of HTTP/2 is to it a request with a method that nobody knows.
    String preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";
    assertThat(Http.head(edge.httpAddress(), preface)).startsWith("HTTP/1.1 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/healthz", "/readyz", "/metrics", "/favicon.svg"})
  void whatCanOnlyBeReadIsOnlyRead(String path) throws Exception {
    for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "TRACE")) {
      var answer = Http.send(edge.httpAddress(), method, path);
      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }
    assertThat(Http.send(edge.httpAddress(), "HEAD", path).statusCode()).isEqualTo(200);
  }

  private record Answer(int status, String type, String body) {}

  /// Sends addresses as they are, which the JDK's client does not.
  private static final class Http2Client implements AutoCloseable {
    private final ClientConnection connection;
    private final XnioWorker worker;

    Http2Client() throws Exception {
      var xnio = Xnio.getInstance();
      worker = xnio.createWorker(OptionMap.EMPTY);
      connection =
          UndertowClient.getInstance()
              .connect(
                  URI.create("https://127.0.0.1:" + edge.httpsAddress().getPort()),
                  worker,
                  new UndertowXnioSsl(xnio, OptionMap.EMPTY, AnyCertificate.taken()),
                  new DefaultByteBufferPool(false, 16 * 1024),
                  OptionMap.create(UndertowOptions.ENABLE_HTTP2, true))
              .get();
      assertThat(connection.isMultiplexingSupported()).as("is HTTP/2").isTrue();
    }

    Answer get(String path, String accept) throws Exception {
      var request = new ClientRequest().setMethod(Methods.GET).setPath(path);
      request.getRequestHeaders().put(Headers.HOST, "127.0.0.1").put(Headers.ACCEPT, accept);
      var answer = new CompletableFuture<Answer>();
      connection.getIoThread().execute(() -> connection.sendRequest(request, taking(answer)));
      return answer.get(Patience.seconds(), TimeUnit.SECONDS);
    }

    private ClientCallback<ClientExchange> taking(CompletableFuture<Answer> answer) {
      return new ClientCallback<>() {
        @Override
        public void completed(ClientExchange exchange) {
          exchange.setResponseListener(
              new ClientCallback<>() {
                @Override
                public void completed(ClientExchange answered) {
                  read(answered, answer);
                }

                @Override
                public void failed(IOException e) {
                  answer.completeExceptionally(e);
                }
              });
        }

        @Override
        public void failed(IOException e) {
          answer.completeExceptionally(e);
        }
      };
    }

    private void read(ClientExchange exchange, CompletableFuture<Answer> answer) {
      var response = exchange.getResponse();
      String type = response.getResponseHeaders().getFirst(new HttpString("Content-Type"));
      new StringReadChannelListener(connection.getBufferPool()) {
        @Override
        protected void stringDone(String text) {
          answer.complete(new Answer(response.getResponseCode(), type, text));
        }

        @Override
        protected void error(IOException e) {
          answer.completeExceptionally(e);
        }
      }.setup(exchange.getResponseChannel());
    }

    @Override
    public void close() throws IOException {
      connection.close();
      worker.shutdownNow();
    }
  }
}
