package confab.bench.load;

import confab.bench.suite.Edges;
import confab.bench.suite.Engine;
import confab.bench.suite.Options;
import confab.bench.suite.Series;
import confab.bench.suite.Suite;
import confab.bench.suite.Table;
import confab.rig.process.EdgeProcess;
import confab.rig.process.Site;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What a delivered frame costs the edge, by engine, speakers and listeners.
public final class LoadSuite implements Suite {
  private static final List<Integer> SPEAKERS = List.of(1, 3, 10);
  private static final List<Integer> LISTENERS = List.of(10, 150, 500, 1000);

  /// A size that loses more is more than the machine carries.
  private static final double MOST_LOST_PERCENT = 1;

  private static final String NOTE =
      """
      One room is on one edge, nothing is chosen (`--loudest 0`), and everybody who speaks \
      does so at 32 kbit/s, all the time.
      There are %d runs of %d s each, the engines in turn.
      Speakers listen, too.
      CPU is that of the edge's process, user and system, per frame and per datagram (or \
      WebSocket message) delivered.
      The load tool runs beside the edge on the same machine, and its own CPU stands next to \
      it.
      Latency is from when a frame was meant to leave until it had arrived, taken over runs: \
      mean of p50, mean of p99, worst of all.
      Other figures are the mean (least–most) of the runs.
      Larger sizes are left out once one lost more than 1 %% or the tool was the bottleneck.\
      """;

  private final Site site;
  private final int runs;
  private final Duration length;
  private final List<Integer> sizes;
  private final Map<Engine, EdgeProcess> edges = new EnumMap<>(Engine.class);
  private final List<List<String>> rows = new ArrayList<>();
  private final List<LoadChart.Point> points = new ArrayList<>();
  private int failures;

  public LoadSuite(Options options, Site site) {
    this.site = site;
    runs = options.runs(3);
    length = options.length(10);
    sizes = options.sizes(2, LISTENERS);
  }

  @Override
  public Table measure() throws Exception {
    for (Engine engine : Engine.values()) {
      EdgeProcess edge = Edges.start(site, engine.label(), options(engine));
      edges.put(engine, edge);
      WarmUp.of(site, edge, engine);
    }
    for (int speakers : SPEAKERS) {
      measure(speakers);
    }
    return new Table(
        "CPU and latency by size",
        NOTE.formatted(runs, length.toSeconds()),
        List.of(
            "speakers",
            "listeners",
            "engine",
            "edge, µs per frame",
            "edge, µs per datagram",
            "frames per datagram",
            "edge, cores",
            "latency, ms: p50 / p99 / worst",
            "delivered, %",
            "load tool, cores"),
        rows);
  }

  private static List<String> options(Engine engine) {
    List<String> options = new ArrayList<>(engine.options());
    options.add("--loudest=0");
    return options;
  }

  @Override
  public Optional<String> chart() {
    return Optional.of(LoadChart.draw(points));
  }

  @Override
  public int failures() {
    return failures;
  }

  /// All sizes that each engine carries.
  private void measure(int speakers) throws Exception {
    Map<Engine, String> outOfBreath = new EnumMap<>(Engine.class);
    for (int listeners : sizes) {
      Map<Engine, Samples> found = new EnumMap<>(Engine.class);
      for (int run = 1; run <= runs; run++) {
        for (Engine engine : Engine.values()) {
          if (!outOfBreath.containsKey(engine)) {
            Samples samples = found.computeIfAbsent(engine, _ -> new Samples());
            run(engine, speakers, listeners, run, samples, outOfBreath);
          }
        }
      }
      for (Engine engine : Engine.values()) {
        report(engine, speakers, listeners, found.getOrDefault(engine, new Samples()), outOfBreath);
      }
    }
  }

  private void run(
      Engine engine,
      int speakers,
      int listeners,
      int run,
      Samples samples,
      Map<Engine, String> outOfBreath)
      throws Exception {
    String what =
        "load, %s, %d to %d, run %d/%d".formatted(engine.label(), speakers, listeners, run, runs);
    EdgeProcess edge = Objects.requireNonNull(edges.get(engine));
    try {
      samples.add(
          what, Sample.take(site, Load.of(edge, engine, speakers, listeners, length), edge));
    } catch (IOException e) {
      failures++;
      System.err.println(what + " failed: " + e.getMessage());
      outOfBreath.put(engine, listeners + " failed");
    }
  }

  private void report(
      Engine engine,
      int speakers,
      int listeners,
      Samples samples,
      Map<Engine, String> outOfBreath) {
    List<String> row = new ArrayList<>();
    row.addAll(List.of(String.valueOf(speakers), String.valueOf(listeners), engine.label()));
    if (samples.isEmpty()) {
      row.addAll(List.of("left out: " + outOfBreath.get(engine), "", "", "", "", "", ""));
    } else {
      row.addAll(cells(samples));
      double micros = samples.mean(Sample::microsPerFrame);
      points.add(new LoadChart.Point(speakers, engine, listeners, micros));
      note(engine, listeners, samples, outOfBreath);
    }
    rows.add(row);
  }

  private static List<String> cells(Samples samples) {
    return List.of(
        samples.spread(1, Sample::microsPerFrame),
        samples.spread(1, Sample::microsPerDatagram),
        samples.spread(1, each -> each.report().framesPerDatagram()),
        samples.spread(2, Sample::cores),
        samples.latency(),
        samples.delivered(),
        samples.spread(2, each -> each.report().cores())
            + (samples.isSelfLimited() ? ", the bottleneck" : ""));
  }

  private static void note(
      Engine engine, int listeners, Samples samples, Map<Engine, String> outOfBreath) {
    double lost = 100 - samples.mean(each -> each.report().deliveredPercent());
    if (lost > MOST_LOST_PERCENT) {
      outOfBreath.put(engine, "%d lost %s %%".formatted(listeners, Series.render(1, lost)));
    } else if (samples.isSelfLimited()) {
      outOfBreath.put(engine, "at %d the tool was the bottleneck".formatted(listeners));
    }
  }
}
