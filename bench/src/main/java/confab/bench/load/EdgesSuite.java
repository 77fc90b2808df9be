package confab.bench.load;

import confab.bench.suite.Engine;
import confab.bench.suite.Options;
import confab.bench.suite.Series;
import confab.bench.suite.Suite;
import confab.bench.suite.Table;
import confab.rig.process.EdgeProcess;
import confab.rig.process.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What a room of many speakers costs when it is on two edges.
public final class EdgesSuite implements Suite {
  private static final int SPEAKERS = 10;
  private static final int LISTENERS = 50;
  private static final List<Engine> ENGINES = List.of(Engine.NETTY, Engine.WEBSOCKET);
  private static final String NOTE =
      """
      One room has %d speakers and %d listeners, with `--loudest 0`, on one edge, and half on \
      each of two with a NATS server between them.
      There are %d runs of %d s each, in turn.
      CPU is that of all edges and of NATS per frame delivered.
      Of a round an edge publishes one message.
      Figures are the mean (least–most) of the runs; latency is as above.\
      """;

  /// One line of the table.
  private record Line(Engine engine, int edges) {}

  private final Site site;
  private final int runs;
  private final Duration length;

  public EdgesSuite(Options options, Site site) {
    this.site = site;
    runs = options.runs(3);
    length = options.length(10);
  }

  @Override
  public Table measure() throws Exception {
    List<String> options = new ArrayList<>(Engine.NETTY.options());
    options.add("--loudest=0");
    Pair pair = Pair.start(site, "edge", options);
    for (Engine engine : ENGINES) {
      WarmUp.of(site, pair.edges(), engine);
    }
    Map<Line, List<Traffic>> found = new LinkedHashMap<>();
    for (int run = 1; run <= runs; run++) {
      for (Engine engine : ENGINES) {
        for (int edges = 1; edges <= 2; edges++) {
          var line = new Line(engine, edges);
          List<EdgeProcess> there = pair.first(edges);
          Traffic traffic =
              Traffic.take(
                  site, pair, there, new Load(there, engine, 1, SPEAKERS, LISTENERS, 0, length));
          System.err.printf("edges, %s, run %d/%d: %s%n", line, run, runs, traffic);
          found.computeIfAbsent(line, _ -> new ArrayList<>()).add(traffic);
        }
      }
    }
    return table(found);
  }

  private Table table(Map<Line, List<Traffic>> found) {
    List<List<String>> rows = new ArrayList<>();
    found.forEach((line, traffic) -> rows.add(row(line, traffic)));
    return new Table(
        "Ten speakers on two edges",
        NOTE.formatted(SPEAKERS, LISTENERS, runs, length.toSeconds()),
        List.of(
            "engine",
            "edges",
            "edges, µs per frame",
            "NATS, µs per frame",
            "on the bus, frames/s",
            "frames per message",
            "latency, ms: p50",
            "p99",
            "delivered, %"),
        rows);
  }

  private static List<String> row(Line line, List<Traffic> all) {
    boolean alone = line.edges == 1;
    return List.of(
        line.engine.label(),
        String.valueOf(line.edges),
        spread(1, all, each -> each.sample().microsPerFrame()),
        alone ? "–" : spread(1, all, Traffic::natsMicrosPerFrame),
        alone ? "–" : spread(0, all, Traffic::busFrames),
        alone ? "–" : spread(1, all, each -> each.busFrames() / each.busMessages()),
        spread(1, all, each -> each.sample().report().latency().p50()),
        spread(1, all, each -> each.sample().report().latency().p99()),
        spread(2, all, each -> each.sample().report().deliveredPercent()));
  }

  private static String spread(int decimals, List<Traffic> all, ToDoubleFunction<Traffic> figure) {
    return Series.of(all.stream().mapToDouble(figure)).spread(decimals);
  }
}
