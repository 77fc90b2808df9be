package confab.bench.load;

import confab.bench.suite.Edges;
import confab.rig.Patience;
import confab.rig.process.EdgeProcess;
import confab.rig.process.Metrics;
import confab.rig.process.NatsServer;
import confab.rig.process.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Two edges of the same options, and the NATS server between them.
record Pair(List<EdgeProcess> edges, NatsServer nats) {
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final String RESUME_KEY = "0123456789abcdef".repeat(4);

  /// Waits until they know of each other.
  static Pair start(Site site, String name, List<String> options) throws Exception {
    NatsServer nats = NatsServer.start(site, name + "-nats");
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--nats=" + nats.uri(), "--resume-key=" + RESUME_KEY));
    List<EdgeProcess> edges =
        List.of(Edges.start(site, name + "-1", all), Edges.start(site, name + "-2", all));
    Patience.awaitOnly("two edges").pollInterval(LOOK).until(() -> knowEachOther(edges));
    return new Pair(edges, nats);
  }

  private static boolean knowEachOther(List<EdgeProcess> edges) throws Exception {
    for (EdgeProcess edge : edges) {
      if (Metrics.of(edge).value("confab_edges ") < 1) {
        return false;
      }
    }
    return true;
  }

  /// One or both of them.
  List<EdgeProcess> first(int count) {
    return edges.subList(0, count);
  }

  static List<Long> pids(List<EdgeProcess> edges) {
    return edges.stream().map(EdgeProcess::pid).toList();
  }
}
