package confab.bench.load;

import confab.bench.suite.CpuTime;
import confab.bench.suite.Edges;
import confab.bench.suite.Engine;
import confab.bench.suite.Footprint;
import confab.bench.suite.Options;
import confab.bench.suite.Series;
import confab.bench.suite.Suite;
import confab.bench.suite.Table;
import confab.rig.Patience;
import confab.rig.process.EdgeProcess;
import confab.rig.process.Metrics;
import confab.rig.process.Program;
import confab.rig.process.Site;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What a connection costs that only is there.
public final class MemorySuite implements Suite {
  private static final int PER_ROOM = 10;
  private static final List<Crowd> CROWDS =
      List.of(
          new Crowd(Engine.KWIK, 150),
          new Crowd(Engine.NETTY, 150),
          new Crowd(Engine.WEBSOCKET, 150),
          new Crowd(Engine.NETTY, 1000));

  /// Between the last welcome and the look: pings go, and nothing else happens.
  private static final Duration SETTLING = Duration.ofSeconds(5);

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final String NOTE =
      """
      Idle connections are in rooms of %d; the figures are what the edge has more of than \
      before they came, per connection.
      There are %d runs, each on an edge of its own to which as many had come and gone before.
      Heap and direct buffers are after a full collection; resident is the whole process, \
      which gives back little of what it once took.
      CPU is that of the edge from the first connection to the last welcome: handshakes, \
      admission and roster.
      Figures are the mean (least–most) of the runs.\
      """;

  private record Crowd(Engine engine, int connections) {
    Load load(EdgeProcess edge) {
      return new Load(
          List.of(edge),
          engine,
          connections / PER_ROOM,
          0,
          PER_ROOM,
          0,
          SETTLING.plus(Patience.LIMIT));
    }
  }

  /// Of one connection.
  private record Cost(
      double heapKilobytes,
      double directKilobytes,
      double residentKilobytes,
      double threads,
      double handshakeMillis) {}

  private final Site site;
  private final int runs;
  private final List<Crowd> crowds;

  public MemorySuite(Options options, Site site) {
    this.site = site;
    runs = options.runs(3);
    crowds = options.sizes(CROWDS.size() - 1, CROWDS);
  }

  @Override
  public Table measure() throws Exception {
    Map<Crowd, List<Cost>> found = new LinkedHashMap<>();
    crowds.forEach(each -> found.put(each, new ArrayList<>()));
    for (int run = 1; run <= runs; run++) {
      for (Map.Entry<Crowd, List<Cost>> each : found.entrySet()) {
        Cost cost = cost(each.getKey());
        each.getValue().add(cost);
        System.err.printf("memory, %s, run %d/%d: %s%n", each.getKey(), run, runs, cost);
      }
    }
    List<List<String>> rows = new ArrayList<>();
    found.forEach((crowd, costs) -> rows.add(row(crowd, costs)));
    return new Table(
        "Idle connections",
        NOTE.formatted(PER_ROOM, runs),
        List.of(
            "engine",
            "connections",
            "heap, kB",
            "direct buffers, kB",
            "resident, kB",
            "threads",
            "CPU to come in, ms"),
        rows);
  }

  private Cost cost(Crowd crowd) throws Exception {
    try (EdgeProcess edge = Edges.start(site, crowd.engine().label(), crowd.engine().options())) {
      Program before = comeIn(crowd, edge);
      leave(before, edge);
      Footprint empty = Footprint.of(edge);
      double cpuBefore = CpuTime.of(edge.pid());
      Program there = comeIn(crowd, edge);
      double cpu = CpuTime.of(edge.pid()) - cpuBefore;
      Thread.sleep(SETTLING);
      Footprint full = Footprint.of(edge);
      leave(there, edge);
      double each = crowd.connections();
      return new Cost(
          (full.heapBytes() - empty.heapBytes()) / 1e3 / each,
          (full.directBytes() - empty.directBytes()) / 1e3 / each,
          (full.residentBytes() - empty.residentBytes()) / 1e3 / each,
          (full.threads() - empty.threads()) / each,
          cpu * 1e3 / each);
    }
  }

  private Program comeIn(Crowd crowd, EdgeProcess edge) throws Exception {
    Load load = crowd.load(edge);
    Program process = load.start(site);
    Thread.sleep(load.ramp());
    Patience.awaitOnly("everybody")
        .pollInterval(LOOK)
        .until(() -> !process.isAlive() || sessions(edge) >= crowd.connections());
    if (!process.isAlive()) {
      throw new IOException("load has ended: " + process.complaint());
    }
    return process;
  }

  private static void leave(Program process, EdgeProcess edge) throws Exception {
    process.terminate();
    int _ = process.awaitEnd();
    Patience.awaitOnly("an empty edge").pollInterval(LOOK).until(() -> sessions(edge) == 0);
    Thread.sleep(SETTLING);
  }

  private static double sessions(EdgeProcess edge) throws Exception {
    return Metrics.of(edge).value("confab_sessions{");
  }

  private static List<String> row(Crowd crowd, List<Cost> costs) {
    return List.of(
        crowd.engine().label(),
        String.valueOf(crowd.connections()),
        spread(0, costs, Cost::heapKilobytes),
        spread(0, costs, Cost::directKilobytes),
        spread(0, costs, Cost::residentKilobytes),
        spread(1, costs, Cost::threads),
        spread(1, costs, Cost::handshakeMillis));
  }

  private static String spread(int decimals, List<Cost> costs, ToDoubleFunction<Cost> figure) {
    return Series.of(costs.stream().mapToDouble(figure)).spread(decimals);
  }
}
