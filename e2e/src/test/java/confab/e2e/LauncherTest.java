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
import java.util.Map;
import java.util.regex.Pattern;
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
      overWebTransport.listen();
      overWebSocket.listen();
      overWebTransport.assertHeard();
      overWebSocket.assertHeard();
    }
  }

  private static EdgeProcess serve(Site site) throws Exception {
    return EdgeProcess.start(site, "edge", Launch.LAUNCHER, List.of());
  }

  /// One that hums, and one that listens.
  @SuppressWarnings("NullAway.Init") // listen() comes first
  private final class Robots {
    private final Site site;
    private final String url;
    private final String transport;
    private final Path heard;
    private final Program stream;
    private Program listen;

    Robots(Site site, String url, String transport) throws Exception {
      this.site = site;
      this.url = url;
      this.transport = transport;
      heard = directory.resolve(transport + ".wav");
      stream = start("stream", "robot", "--tone", "220");
    }

    /// While somebody hums, however long a start takes.
    void listen() throws Exception {
      stream.awaitErrors(Pattern.compile("joined as"));
      listen = start("listen", "ear", "--out", heard.toString(), "--duration", "2s", "--json");
    }

    private Program start(String verb, String user, String... more) throws Exception {
      List<String> command = new ArrayList<>(List.of(verb, "--url", url, "--room", transport));
      command.addAll(List.of("--user", user, "--transport", transport));
      command.addAll(List.of(more));
      return Tool.start(site, verb + "-" + transport, command.toArray(String[]::new));
    }

    void assertHeard() throws Exception {
      assertThat(listen.awaitEnd()).isZero();
      assertThat(listen.output()).contains("\"transport\":\"" + transport + "\"");
      assertThat(Tool.interrupt(stream)).isZero();
      assertThat(Sound.read(heard).pitch()).isBetween(215.0, 225.0);
    }
  }

  @Test
  void whatCannotWorkIsSaidInOneLine() throws Exception {
    String stream = "stream --url http://localhost:1 --room demo --user a";
    try (Site site = Tool.site(directory);
        var taken = new ServerSocket(0)) {
      Map<String, Integer> codes =
          Map.of(
              "serve --no-such-option",
              2,
              "serve --tls-cert /nowhere.pem --tls-key /nowhere.pem",
              2,
              "serve --quic-port 0 --http-port " + taken.getLocalPort(),
              2,
              stream + " --tone 440",
              1,
              stream + " --file /proc/self/cmdline",
              2);
      List<Attempt> attempts = new ArrayList<>();
      for (var each : codes.entrySet()) {
        String command = each.getKey();
        Program tool = Tool.start(site, "tool-" + attempts.size(), command.split(" ", -1));
        attempts.add(new Attempt(command, each.getValue(), tool));
      }
      for (Attempt each : attempts) {
        each.assertFails();
      }
    }
  }

  private record Attempt(String command, int code, Program tool) {
    void assertFails() throws Exception {
      assertThat(tool.awaitEnd()).as(command).isEqualTo(code);
      assertThat(tool.errors().strip().lines())
          .as(command)
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
