package confab.bench.load;

import confab.rig.process.EdgeProcess;
import confab.rig.process.Metrics;
import confab.rig.process.Site;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// One load on one or both edges of a [Pair], with what went over the bus.
///
/// @param natsCores that the NATS server kept busy
/// @param busFrames a second, from each edge to the other
/// @param busMessages that carried them, and presence
/// @param bytesPerParticipant a second, headers of frames included, to everybody who is there
record Traffic(
    Sample sample,
    double natsCores,
    double busFrames,
    double busMessages,
    double bytesPerParticipant) {

  /// @param edges some of the pair
  static Traffic take(Site site, Pair pair, List<EdgeProcess> edges, Load load) throws Exception {
    try (Trace<Double> nats = Trace.ofCpu(List.of(pair.nats().pid()));
        Trace<List<Metrics>> metrics = Trace.ofMetrics(edges)) {
      Sample sample = Sample.take(site, load, Pair.pids(edges));
      long from = sample.from();
      long to = sample.to();
      return new Traffic(
          sample,
          nats.rate(seconds -> seconds, from, to),
          metrics.rate(sum("confab_media_frames_out_total{transport=\"bus\"}"), from, to),
          metrics.rate(sum("confab_bus_published_total"), from, to),
          metrics.rate(sum("confab_media_bytes_out_total{transport=\"web"), from, to)
              / load.connections());
    }
  }

  /// Over all edges; an edge without the bus says nothing of it.
  private static ToDoubleFunction<List<Metrics>> sum(String name) {
    return edges ->
        edges.stream()
            .mapToDouble(each -> each.value(name))
            .filter(value -> !Double.isNaN(value))
            .sum();
  }

  double framesPerParticipant(int connections) {
    return sample.report().delivered() / sample.report().seconds() / connections;
  }

  double natsMicrosPerFrame() {
    return natsCores * 1e6 * sample.report().seconds() / sample.report().delivered();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.1f µs per frame, NATS %.1f; bus: %.0f frames in %.0f messages a second; %.2f %%"
            + " delivered",
        sample.microsPerFrame(),
        natsMicrosPerFrame(),
        busFrames,
        busMessages,
        sample.report().deliveredPercent());
  }
}
