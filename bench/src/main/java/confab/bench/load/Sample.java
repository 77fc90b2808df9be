package confab.bench.load;

import confab.rig.process.EdgeProcess;
import confab.rig.process.Site;
import java.time.Duration;
import java.util.List;

/// One load, and what it cost the edges.
///
/// @param cores that the edges kept busy
/// @param from surely in the measured time, by [System#nanoTime], as everything until `to`
record Sample(LoadReport report, double cores, long from, long to) {
  /// What the tool does once the measured time is over: waits a second for late frames, leaves and
  /// ends. What it costs is steady, so it is enough to know the time to a second.
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);

  private static final Duration UNCERTAIN = Duration.ofSeconds(1);

  static Sample take(Site site, Load load, List<Long> pids) throws Exception {
    try (Trace<Double> cpu = Trace.ofCpu(pids)) {
      LoadReport report = load.run(site);
      long latestEnd = System.nanoTime() - AFTERWARDS.toNanos();
      long from = latestEnd - load.measured().toNanos();
      long to = latestEnd - UNCERTAIN.toNanos();
      return new Sample(report, cpu.rate(seconds -> seconds, from, to), from, to);
    }
  }

  /// Of one edge.
  static Sample take(Site site, Load load, EdgeProcess edge) throws Exception {
    return take(site, load, List.of(edge.pid()));
  }

  double microsPerFrame() {
    return cores * 1e6 * report.seconds() / report.delivered();
  }

  double microsPerDatagram() {
    return cores * 1e6 * report.seconds() / report.datagrams();
  }
}
