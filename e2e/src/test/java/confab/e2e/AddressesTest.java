package confab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import confab.rig.Project;
import confab.rig.process.EdgeProcess;
import confab.rig.process.Launch;
import confab.rig.process.Program;
import confab.rig.process.Site;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tools and the names by which people know an edge. It listens on 127.0.0.1 only.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class AddressesTest {
  /// Nobody is at 127.0.0.9, and nothing ever comes back from 192.0.2.1 (RFC 5737).
  private static final String NAMES =
      """
      127.0.0.1 my_host
      127.0.0.9 refused.example
      127.0.0.1 refused.example
      192.0.2.1 silent.example
      127.0.0.1 silent.example
      """;

  @TempDir static Path directory;
  private static Site site;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    site = Tool.site(directory);
    Files.writeString(directory.resolve("names"), NAMES);
    String bind = "--bind=127.0.0.1";
    port =
        URI.create(EdgeProcess.start(site, "edge", Launch.LAUNCHER, List.of(bind)).url()).getPort();
  }

  @AfterAll
  static void end() {
    site.close();
  }

  /// @param more variables of the environment
  private static Program run(String name, List<String> more, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("env"));
    command.add(Tool.javaOptions("-Djdk.net.hosts.file=" + directory.resolve("names")));
    command.addAll(more);
    command.add(Project.ROOT.resolve("confab").toString());
    command.addAll(List.of(arguments));
    return site.start(name, command);
  }

  private static Program stream(String host, String transport) throws Exception {
    return run(
        "stream-" + host + "-" + transport,
        List.of(),
        "stream",
        "--url=http://" + host + ":" + port + "/meeting/robot/demo",
        "--transport=" + transport,
        "--tone=440",
        "--duration=200ms");
  }

  private static Program load(String host, String transport) throws Exception {
    return run(
        "load-" + host + "-" + transport,
        List.of(),
        "load",
        "--url=http://" + host + ":" + port,
        "--transport=" + transport,
        "--listeners=1",
        "--ramp=100ms",
        "--duration=3s");
  }

  @Test
  void anEdgeIsReachedByAnyOfItsNames() throws Exception {
    // Both tools connect by the same code: each of the load tool's transports has it once.
    Map<String, String> loads =
        Map.of("refused.example", "websocket", "silent.example", "webtransport");
    for (String host : List.of("my_host", "refused.example", "silent.example")) {
      Map<String, Program> streams = new HashMap<>();
      List<Program> all = new ArrayList<>();
      for (String transport : List.of("webtransport", "websocket")) {
        streams.put(transport, stream(host, transport));
      }
      if (loads.containsKey(host)) {
        all.add(load(host, loads.get(host)));
      }
      all.addAll(streams.values());
      for (Program each : all) {
        assertThat(each.awaitEnd()).as(each.errors()).isZero();
      }
      for (var stream : streams.entrySet()) {
        assertThat(stream.getValue().output()).contains("over " + stream.getKey());
        assertThat(stream.getValue().errors()).contains("joined as robot");
      }
    }
  }

  @Test
  void whatIsWrongWithAnAddressIsSaid() throws Exception {
    String http = "http://127.0.0.1:" + port;
    Program unknown = wrong("http://nowhere.example:" + port, List.of());
    Program clear = wrong(http.replace("http", "https"), List.of());
    List<String> proxy = List.of("http_proxy=127.0.0.1:1");
    Program proxied = wrong("http://silent.example:" + port, proxy);
    assertThat(complaint(unknown))
        .isEqualTo("confab: cannot reach http://nowhere.example:%d (unknown host)".formatted(port));
    assertThat(complaint(clear))
        .contains("it speaks no TLS: try http://")
        .doesNotContain("--insecure");
    assertThat(complaint(proxied))
        .contains("through the proxy 127.0.0.1:1 of http_proxy (connection refused)");
  }

  private static Program wrong(String url, List<String> environment) throws Exception {
    return run(
        "wrong-" + url.hashCode(),
        environment,
        "stream",
        "--url=" + url,
        "--room=demo",
        "--user=robot",
        "--tone=440",
        "--duration=200ms");
  }

  private static String complaint(Program tool) throws Exception {
    assertThat(tool.awaitEnd()).isEqualTo(1);
    return tool.errors().strip();
  }
}
