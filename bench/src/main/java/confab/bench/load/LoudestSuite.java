package confab.bench.load;

import confab.bench.suite.Engine;
import confab.bench.suite.Options;
import confab.bench.suite.Series;
import confab.bench.suite.Suite;
import confab.bench.suite.Table;
import confab.rig.process.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What it saves to forward only the loudest.
public final class LoudestSuite implements Suite {
  private static final int SPEAKERS = 20;
  private static final int LISTENERS = 30;
  private static final List<Integer> LOUDEST = List.of(0, 5);
  private static final String NOTE =
      """
      %d speakers and %d listeners are in one room, all speaking all the time, over \
      WebTransport on Netty.
      There are %d runs of %d s each, in turn.
      On two edges the participants sit half on each, and one NATS server is between them.
      Bytes are those of frames with their headers; "on the bus" is what both edges publish \
      together.
      Figures are the mean (least–most) of the runs.\
      """;

  /// One line of the table.
  private record Line(int loudest, int edges) {
    Load load(Pair pair, Duration length) {
      return new Load(pair.first(edges), Engine.NETTY, 1, SPEAKERS, LISTENERS, loudest, length);
    }
  }

  private final Site site;
  private final int runs;
  private final Duration length;

  public LoudestSuite(Options options, Site site) {
    this.site = site;
    runs = options.runs(3);
    length = options.length(10);
  }

  @Override
  public Table measure() throws Exception {
    Map<Line, List<Traffic>> found = new LinkedHashMap<>();
    Map<Integer, Pair> pairs = new LinkedHashMap<>();
    for (int loudest : LOUDEST) {
      pairs.put(loudest, start(loudest));
    }
    for (int edges = 1; edges <= 2; edges++) {
      for (int run = 1; run <= runs; run++) {
        for (Map.Entry<Integer, Pair> each : pairs.entrySet()) {
          var line = new Line(each.getKey(), edges);
          Pair pair = each.getValue();
          Traffic traffic = Traffic.take(site, pair, pair.first(edges), line.load(pair, length));
          System.err.printf("loudest, %s, run %d/%d: %s%n", line, run, runs, traffic);
          found.computeIfAbsent(line, _ -> new ArrayList<>()).add(traffic);
        }
      }
    }
    return table(found);
  }

  private Pair start(int loudest) throws Exception {
    List<String> options = new ArrayList<>(Engine.NETTY.options());
    options.add("--loudest=" + loudest);
    Pair pair = Pair.start(site, "loudest-" + loudest, options);
    WarmUp.of(site, pair.edges(), Engine.NETTY);
    return pair;
  }

  private Table table(Map<Line, List<Traffic>> found) {
    List<List<String>> rows = new ArrayList<>();
    found.forEach((line, traffic) -> rows.add(row(line, traffic)));
    return new Table(
        "The loudest",
        NOTE.formatted(SPEAKERS, LISTENERS, runs, length.toSeconds()),
        List.of(
            "forwarded",
            "edges",
            "edges, cores",
            "edges, µs per frame",
            "frames per datagram",
            "to each participant, frames/s",
            "to each participant, kB/s",
            "on the bus, frames/s",
            "on the bus, messages/s",
            "delivered, %"),
        rows);
  }

  private static List<String> row(Line line, List<Traffic> all) {
    int connections = SPEAKERS + LISTENERS;
    return List.of(
        line.loudest == 0 ? "all" : "the loudest " + line.loudest,
        String.valueOf(line.edges),
        spread(2, all, each -> each.sample().cores()),
        spread(1, all, each -> each.sample().microsPerFrame()),
        spread(1, all, each -> each.sample().report().framesPerDatagram()),
        spread(0, all, each -> each.framesPerParticipant(connections)),
        spread(1, all, each -> each.bytesPerParticipant() / 1e3),
        line.edges == 1 ? "–" : spread(0, all, Traffic::busFrames),
        line.edges == 1 ? "–" : spread(0, all, Traffic::busMessages),
        spread(2, all, each -> each.sample().report().deliveredPercent()));
  }

  private static String spread(int decimals, List<Traffic> all, ToDoubleFunction<Traffic> figure) {
    return Series.of(all.stream().mapToDouble(figure)).spread(decimals);
  }
}
