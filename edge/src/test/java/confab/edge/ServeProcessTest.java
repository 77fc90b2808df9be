package confab.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import confab.rig.process.EdgeProcess;
import confab.rig.process.Launch;
import confab.rig.process.Site;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The process as a person or an init system starts and stops it.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class ServeProcessTest {
  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void open() {
    site = Site.in(folder, Map.of());
  }

  @AfterEach
  void close() {
    site.close();
  }

  private EdgeProcess start(String... options) throws Exception {
    return EdgeProcess.start(site, "edge", Launch.CLASS_PATH, List.of(options));
  }

  private static InetSocketAddress address(EdgeProcess edge) {
    return new InetSocketAddress("127.0.0.1", edge.port());
  }

  @Test
  void announcesWhereItIsLogsSessionsAndStopsCleanlyOnSigterm() throws Exception {
    EdgeProcess edge = start("--log-format=json");
    Http.joinAndWait(address(edge), "room=demo&user=alice");
    edge.program().terminate();
    assertThat(edge.program().awaitEnd()).isZero();

    List<String> said = edge.program().output().lines().toList();
    assertThat(said.get(0)).startsWith("Confab is ready: open http://127.0.0.1:");
    assertThat(said.get(1))
        .matches("Ports: HTTP \\d+ \\(TCP\\), HTTPS \\d+ .*\\d+ \\(UDP, netty\\)");
    List<String> log = edge.program().errors().lines().toList();
    List<String> events = log.stream().filter(line -> line.startsWith("{")).toList();
    assertThat(events).anyMatch(line -> line.contains("session opened"));
    assertThat(events)
        .anyMatch(line -> line.contains("session closed") && line.contains("shutdown"));
    assertThat(events).allMatch(line -> JsonParser.parseString(line).isJsonObject());
    assertThat(log).noneMatch(line -> line.startsWith("\tat "));
  }

  @Test
  void theTextLogNamesSessionAndRoom() throws Exception {
    EdgeProcess edge = start();
    Http.joinAndWait(address(edge), "room=demo&user=alice");
    edge.program().terminate();
    edge.program().awaitEnd();
    assertThat(edge.program().errors())
        .containsPattern("INFO +\\S+: session opened session=[0-9a-f]{16} room=demo user=alice");
  }
}
