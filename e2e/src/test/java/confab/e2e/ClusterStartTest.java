package confab.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import confab.rig.Patience;
import confab.rig.process.Cluster;
import confab.rig.process.Life;
import confab.rig.process.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster that does not come up is nobody's burden afterwards.
class ClusterStartTest {
  private static final Pattern PID = Pattern.compile("(?m)^(?:NATS_|EDGE_|HAPROXY_).*PID=(\\d+)$");

  /// JVMs that wait for a debugger are there and never ready.
  private static final Map<String, String> WAITING =
      Map.of(
          "CONFAB_JAVA_OPTS",
          "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:0");

  @TempDir private Path directory;

  @Test
  void whatIsNotUpInTimeLeavesNoProcess() throws Exception {
    try (Site site = Site.in(directory, WAITING)) {
      FutureTask<List<Long>> all = noteAllParts();

      assertThatThrownBy(() -> Cluster.up(site, Duration.ofSeconds(3)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("edge-1 is not ready after 3 s");

      assertThat(all.get()).allMatch(pid -> Life.of(pid) == Life.ENDED);
    }
  }

  @Test
  void whatIsBrokenOffOnItsWayUpLeavesNoProcess() throws Exception {
    Site site = Site.in(directory, WAITING);
    FutureTask<List<Long>> all = noteAllParts();
    var up = new FutureTask<>(() -> Cluster.up(site));
    Thread.ofVirtual().start(up);
    assertThat(all.get()).allMatch(pid -> Life.of(pid) != Life.ENDED);

    site.close();

    assertThat(all.get()).allMatch(pid -> Life.of(pid) == Life.ENDED);
    assertThatThrownBy(up::get).hasRootCauseInstanceOf(Exception.class);
  }

  /// Three NATS servers, three edges and HAProxy, as soon as all are started.
  private FutureTask<List<Long>> noteAllParts() {
    Path file = directory.resolve("cluster").resolve("cluster.env");
    var pids =
        new FutureTask<>(
            () -> {
              Patience.awaitOnly("seven processes").until(() -> pids(file).size() == 7);
              return pids(file);
            });
    Thread.ofVirtual().start(pids);
    return pids;
  }

  private static List<Long> pids(Path file) throws IOException {
    String text = Files.exists(file) ? Files.readString(file) : "";
    return PID.matcher(text).results().map(match -> Long.parseLong(match.group(1))).toList();
  }
}
