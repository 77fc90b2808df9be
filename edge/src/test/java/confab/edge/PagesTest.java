package confab.edge;

import static org.assertj.core.api.Assertions.assertThat;

import confab.edge.EdgeConfig.PemFiles;
import confab.edge.http.Pages;
import confab.rig.TestCertificate;
import io.undertow.Undertow;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Serves the small `web/` of the test resources.
class PagesTest {
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
  @ValueSource(
      strings = {
        "/",
        "//",
        "/meeting",
        "/meeting/alice/demo",
        "/meeting/a%2Fb/x",
        "/Meeting/demo",
        "/MEETING//%C3%9Cber%20Raum/",
        "/meeting/a/b/c",
        "/index.html"
      })
  void everyAddressThatPeopleSeeIsTheOnePage(String path) throws Exception {
    var answer = Http.get(edge.httpAddress(), path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("Test page");
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache");
  }

  @ParameterizedTest
  @CsvSource({
    "/assets/app-1a2b3c4d.js,     text/javascript; charset=utf-8",
    "/assets/app-1a2b3c4d.css,    text/css; charset=utf-8",
    "/assets/opus-1a2b3c4d.wasm,  application/wasm",
    "/assets/sans-1a2b3c4d.woff2, font/woff2"
  })
  void assetsHaveTheirTypeAndAreKeptForEver(String path, String type) throws Exception {
    var answer = Http.get(edge.httpAddress(), path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains(type);
    assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
  }

  @Test
  void otherFilesAreAskedForAgain() throws Exception {
    var answer = Http.get(edge.httpAddress(), "/favicon.svg");
    assertThat(answer.headers().firstValue("Content-Type")).contains("image/svg+xml");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/assets/nothing.js",
        "/notes.secret",
        "/assets",
        "/assets/",
        "/../confab/edge/Main.class",
        "/assets/../notes.secret",
        "/%2e%2e/logback-test.xml",
        "/assets/%2e%2e/%2e%2e/logback-test.xml",
        "//logback-test.xml",
        "/a%00b.js"
      })
  void nothingElseIsServed(String path) throws Exception {
    String answer =
        Http.raw(
            edge.httpAddress(),
            "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(answer).containsPattern("^HTTP/1.1 (404|400)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip, deflate, br, zstd | br",
        "br;q=0.5, gzip          | br",
        "gzip                    | gzip",
        "gzip, br;q=0            | gzip",
        "br;q=0.0,gzip;q=0       | none",
        "identity                | none",
        "bracelet, gzipped       | none"
      })
  void assetsComeInTheSmallestFormThatTheBrowserTakes(String accepted, String encoding)
      throws Exception {
    String path = "/assets/app-1a2b3c4d.js";
    var answer = Http.send(edge.httpAddress(), "GET", path, "Accept-Encoding", accepted);
    assertThat(answer.headers().firstValue("Content-Encoding").orElse("none")).isEqualTo(encoding);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains("javascript");
    assertThat(answer.headers().allValues("Vary")).contains("Accept-Encoding");
    assertThat(answer.body().equals("as the build has made it")).isEqualTo(encoding.equals("br"));
    assertThat(Http.get(edge.httpAddress(), path + ".br").statusCode()).isEqualTo(404);
  }

  @Test
  void aPageThatTheBrowserHasIsNotSentAgain() throws Exception {
    var first = Http.get(edge.httpAddress(), "/meeting/demo");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    var again = Http.send(edge.httpAddress(), "GET", "/", "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    var other = Http.send(edge.httpAddress(), "GET", "/", "If-None-Match", "\"other\"");
    assertThat(other.statusCode()).isEqualTo(200);
    var missing =
        Http.send(
            edge.httpAddress(), "GET", "/nothing", "Accept", "text/html", "If-None-Match", tag);
    assertThat(missing.statusCode()).isEqualTo(404);
  }

  @Test
  void pagesCanOnlyBeRead() throws Exception {
    assertThat(Http.send(edge.httpAddress(), "POST", "/").statusCode()).isEqualTo(405);
    var head = Http.send(edge.httpAddress(), "HEAD", "/");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/nothing", "/api/v1/nothing", "/healthz", "/metrics", "/ws"})
  void everyAnswerCarriesTheSecurityHeaders(String path) throws Exception {
    for (var answer :
        new java.net.http.HttpResponse<?>[] {
          Http.get(edge.httpAddress(), path), Http.getSecurely(edge.httpsAddress(), path)
        }) {
      var headers = answer.headers();
      assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
      assertThat(headers.firstValue("Cross-Origin-Embedder-Policy")).contains("require-corp");
      assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(headers.firstValue("Permissions-Policy")).contains("microphone=(self)");
      assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
          .contains("form-action 'self'", "frame-ancestors 'none'");
      // Nobody could come back to an edge whose self-made certificate changes.
      assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty();
    }
  }

  @Test
  void whoeverHasSeenAnOperatorsCertificateComesBackOverTlsOnly(@TempDir Path folder)
      throws Exception {
    var pair = TestCertificate.make(folder, "ip:127.0.0.1,dns:localhost");
    var config = EdgeConfig.onLoopback().withTls(new PemFiles(pair.file(), pair.key()));
    try (Edge trusted = Edge.start(config)) {
      assertThat(
              Http.getSecurely(trusted.httpsAddress(), "/")
                  .headers()
                  .firstValue("Strict-Transport-Security"))
          .contains("max-age=31536000");
      assertThat(Http.get(trusted.httpAddress(), "/").headers().map())
          .doesNotContainKey("strict-transport-security");
    }
  }

  @Test
  void anEdgeWithoutPagesSaysSo() throws Exception {
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(new Pages("/none", ""))
            .build();
    server.start();
    try {
      var address = (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
      var answer = Http.get(address, "/meeting/alice/demo");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("built without its pages");
    } finally {
      server.stop();
    }
  }
}
