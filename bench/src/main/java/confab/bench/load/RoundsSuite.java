package confab.bench.load;

import confab.bench.suite.Edges;
import confab.bench.suite.Engine;
import confab.bench.suite.Options;
import confab.bench.suite.Suite;
import confab.bench.suite.Table;
import confab.rig.process.EdgeProcess;
import confab.rig.process.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What waiting for the frames of others costs in latency, and saves in CPU.
public final class RoundsSuite implements Suite {
  private static final List<Integer> WINDOWS_MILLIS = List.of(0, 5, 10, 20);
  private static final List<Integer> SPEAKERS = List.of(1, 3, 10);
  private static final int LISTENERS = 150;
  private static final String NOTE =
      """
      One room has %d listeners on one edge, on Netty, with `--loudest 0`.
      There are %d runs of %d s each, the windows (`--round-window`) in turn.
      Nobody who speaks alone waits, so the rows of one speaker show the noise.
      The speakers' frames are at random distances from each other, other ones in each run.
      Figures are as in the table before.\
      """;

  /// One line of the table.
  private record Line(int speakers, int window) {}

  private final Site site;
  private final int runs;
  private final Duration length;
  private final List<Integer> windows;
  private final Map<Integer, EdgeProcess> edges = new LinkedHashMap<>();

  public RoundsSuite(Options options, Site site) {
    this.site = site;
    runs = options.runs(3);
    length = options.length(10);
    windows = options.sizes(2, WINDOWS_MILLIS);
  }

  @Override
  public Table measure() throws Exception {
    for (int window : windows) {
      List<String> options = new ArrayList<>(Engine.NETTY.options());
      options.addAll(List.of("--loudest=0", "--round-window=" + window + "ms"));
      EdgeProcess edge = Edges.start(site, "window-" + window, options);
      edges.put(window, edge);
      WarmUp.of(site, edge, Engine.NETTY);
    }
    Map<Line, Samples> found = new LinkedHashMap<>();
    for (int speakers : SPEAKERS) {
      for (int run = 1; run <= runs; run++) {
        measure(speakers, run, found);
      }
    }
    return table(found);
  }

  /// Every window once.
  private void measure(int speakers, int run, Map<Line, Samples> found) throws Exception {
    for (Map.Entry<Integer, EdgeProcess> each : edges.entrySet()) {
      EdgeProcess edge = each.getValue();
      Load load = Load.of(edge, Engine.NETTY, speakers, LISTENERS, length);
      String what =
          "rounds, %d speakers, %d ms, run %d/%d".formatted(speakers, each.getKey(), run, runs);
      found
          .computeIfAbsent(new Line(speakers, each.getKey()), _ -> new Samples())
          .add(what, Sample.take(site, load, edge));
    }
  }

  private Table table(Map<Line, Samples> found) {
    List<List<String>> rows = new ArrayList<>();
    found.forEach((line, samples) -> rows.add(row(line, samples)));
    return new Table(
        "Rounds",
        NOTE.formatted(LISTENERS, runs, length.toSeconds()),
        List.of(
            "speakers",
            "window, ms",
            "latency, ms: p50 / p99 / worst",
            "edge, µs per frame",
            "frames per datagram",
            "edge, cores",
            "delivered, %"),
        rows);
  }

  private static List<String> row(Line line, Samples samples) {
    return List.of(
        String.valueOf(line.speakers),
        String.valueOf(line.window),
        samples.latency(),
        samples.spread(1, Sample::microsPerFrame),
        samples.spread(1, each -> each.report().framesPerDatagram()),
        samples.spread(2, Sample::cores),
        samples.delivered());
  }
}
