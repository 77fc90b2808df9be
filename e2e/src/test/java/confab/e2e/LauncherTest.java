package confab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import confab.rig.browser.Sound;
import confab.rig.process.EdgeProcess;
import confab.rig.process.Launch;
import confab.rig.process.Program;
import confab.rig.process.Site;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The one command.
class LauncherTest {
  @TempDir private Path directory;

  @Test
  void servePrintsTheAddressToOpenAndServesIt() throws Exception {
    try (Site site = Tool.site(directory)) {
      EdgeProcess serve = serve(site);
      assertThat(get(serve.port(), "/")).contains("<script");
      assertThat(get(serve.port(), "/healthz")).contains("ok");
      assertThat(Tool.interrupt(serve.program())).isIn(0, 130);
    }
  }

  @Test
  void robotsTalkToEachOtherThroughAnEdgeOverBothTransports() throws Exception {
    try (Site site = Tool.site(directory)) {
      String url = "http://localhost:" + serve(site).port();
      var overWebTransport = new Robots(site, url, "webtransport");
      var overWebSocket = new Robots(site, url, "websocket");
      overWebTransport.assertHeard();
      overWebSocket.assertHeard();
    }
  }

  private static EdgeProcess serve(Site site) throws Exception {
    return EdgeProcess.start(site, "edge", Launch.LAUNCHER, List.of());
  }

  /// One that hums, and one that listens.
  private final class Robots {
    private final Site site;
    private final String transport;
    private final Path heard;
    private final Program listen;
    private final Program stream;

    Robots(Site site, String url, String transport) throws Exception {
      this.site = site;
      this.transport = transport;
      heard = directory.resolve(transport + ".wav");
      listen = start(url, "listen", "ear", "--out", heard.toString(), "--duration", "6s", "--json");
      stream = start(url, "stream", "robot", "--tone", "220", "--duration", "12s");
    }

    private Program start(String url, String verb, String user, String... more) throws Exception {
      List<String> command = new ArrayList<>(List.of(verb, "--url", url, "--room", transport));
      command.addAll(List.of("--user", user, "--transport", transport));
      command.addAll(List.of(more));
      return Tool.start(site, verb + "-" + transport, command.toArray(String[]::new));
    }

    void assertHeard() throws Exception {
      assertThat(listen.awaitEnd()).isZero();
      assertThat(listen.output()).contains("\"transport\":\"" + transport + "\"");
      assertThat(stream.awaitEnd()).isZero();
      assertThat(Sound.read(heard).pitch()).isBetween(215.0, 225.0);
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

  private void assertFails(int code, String... arguments) throws Exception {
    try (Site site = Tool.site(directory)) {
      Program tool = Tool.start(site, "tool", arguments);
      assertThat(tool.awaitEnd()).as(String.join(" ", arguments)).isEqualTo(code);
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
