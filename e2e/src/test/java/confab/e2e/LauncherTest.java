package confab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import confab.browser.Sound;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The one command.
class LauncherTest {
  @TempDir private Path directory;

  @Test
  void servePrintsTheAddressToOpenAndServesIt() throws Exception {
    try (Tool serve = Tool.serve()) {
      int port = serve.awaitPort();
      assertThat(get(port, "/")).contains("<script");
      assertThat(get(port, "/healthz")).contains("ok");
      assertThat(serve.interrupt()).isIn(0, 130);
    }
  }

  @Test
  void robotsTalkToEachOtherThroughAnEdgeOverBothTransports() throws Exception {
    try (Tool serve = Tool.serve()) {
      String url = "http://localhost:" + serve.awaitPort();
      try (Robots overWebTransport = new Robots(url, "webtransport");
          Robots overWebSocket = new Robots(url, "websocket")) {
        overWebTransport.assertHeard();
        overWebSocket.assertHeard();
      }
    }
  }

  /// One that hums, and one that listens.
  private final class Robots implements AutoCloseable {
    private final String transport;
    private final Path heard;
    private final Tool listen;
    private final Tool stream;

    Robots(String url, String transport) throws IOException {
      this.transport = transport;
      heard = directory.resolve(transport + ".wav");
      listen = start(url, "listen", "ear", "--out", heard.toString(), "--duration", "6s", "--json");
      stream = start(url, "stream", "robot", "--tone", "220", "--duration", "12s");
    }

    private Tool start(String url, String verb, String user, String... more) throws IOException {
      List<String> command = new ArrayList<>(List.of(verb, "--url", url, "--room", transport));
      command.addAll(List.of("--user", user, "--transport", transport));
      command.addAll(List.of(more));
      return Tool.start(command.toArray(String[]::new));
    }

    void assertHeard() throws Exception {
      assertThat(listen.waitFor(Duration.ofSeconds(30))).isZero();
      assertThat(listen.output()).contains("\"transport\":\"" + transport + "\"");
      assertThat(stream.waitFor(Duration.ofSeconds(30))).isZero();
      assertThat(Sound.read(heard).pitch()).isBetween(215.0, 225.0);
    }

    @Override
    public void close() {
      listen.close();
      stream.close();
    }
  }

  @Test
  void whatCannotWorkIsSaidInOneLine() throws Exception {
    assertFails(2, "serve", "--no-such-option");
    assertFails(2, "serve", "--tls-cert", "/nowhere.pem", "--tls-key", "/nowhere.pem");
    try (var taken = new ServerSocket(0)) {
      assertFails(
          2, "serve", "--http-port", Integer.toString(taken.getLocalPort()), "--quic-port", "0");
    }
    assertFails(
        1,
        "stream",
        "--url",
        "http://localhost:1",
        "--room",
        "demo",
        "--user",
        "a",
        "--tone",
        "440");
    assertFails(
        2,
        "stream",
        "--url",
        "http://localhost:1",
        "--room",
        "demo",
        "--user",
        "a",
        "--file",
        "/proc/self/cmdline");
  }

  private static void assertFails(int code, String... arguments) throws Exception {
    try (Tool tool = Tool.start(arguments)) {
      assertThat(tool.waitFor(Duration.ofSeconds(60)))
          .as(String.join(" ", arguments))
          .isEqualTo(code);
      assertThat(tool.errors().strip().lines())
          .as(String.join(" ", arguments))
          .hasSize(1)
          .noneMatch(line -> line.contains("Exception"));
    }
  }

  private static String get(int port, String path) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}
