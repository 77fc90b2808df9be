package confab.access.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import confab.rig.TestCertificate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What somebody asks who is sent elsewhere.
@SuppressWarnings("NullAway.Init") // set before each test
class FetcherTest {
  private final AtomicInteger askedInTheClear = new AtomicInteger();

  @TempDir Path folder;
  private HttpServer clear;
  private HttpsServer secure;
  private SSLContext usual;

  @BeforeEach
  void start() throws Exception {
    clear = HttpServer.create(loopback(), 0);
    answer(clear, "/keys", "");
    answer(clear, "/moved", "/keys");
    clear.start();

    SSLContext trusted = TestCertificate.make(folder, "ip:127.0.0.1").tls();
    secure = HttpsServer.create(loopback(), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(trusted));
    answer(secure, "/keys", "");
    answer(secure, "/moved", "/keys");
    answer(secure, "/exposed", uri("http", clear, "/keys").toString());
    secure.start();
    // The client takes the one of the whole process.
    usual = SSLContext.getDefault();
    SSLContext.setDefault(trusted);
  }

  @AfterEach
  void stop() {
    SSLContext.setDefault(usual);
    clear.stop(0);
    secure.stop(0);
  }

  @Test
  void whoIsSentOnIsAnswered() throws Exception {
    assertThat(status(uri("http", clear, "/moved"))).isEqualTo(200);
    assertThat(status(uri("https", secure, "/moved"))).isEqualTo(200);
  }

  @Test
  void nobodyIsSentFromTlsIntoTheClear() throws Exception {
    assertThat(status(uri("https", secure, "/exposed"))).isEqualTo(302);
    assertThat(askedInTheClear).hasValue(0);
  }

  private static int status(URI uri) throws Exception {
    return Fetcher.USUAL.fetch(HttpRequest.newBuilder(uri).build()).statusCode();
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  private static URI uri(String scheme, HttpServer server, String path) {
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void answer(HttpServer server, String path, String location) {
    server.createContext(
        path,
        exchange -> {
          if (server == clear) {
            askedInTheClear.incrementAndGet();
          }
          if (!location.isEmpty()) {
            exchange.getResponseHeaders().set("Location", location);
          }
          exchange.sendResponseHeaders(location.isEmpty() ? 200 : 302, -1);
          exchange.close();
        });
  }
}
