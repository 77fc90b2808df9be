package confab.bench.listener;

import confab.bench.suite.CpuTime;
import confab.bench.suite.Edges;
import confab.bench.suite.Engine;
import confab.bench.suite.Footprint;
import confab.bench.suite.Options;
import confab.bench.suite.Series;
import confab.bench.suite.Suite;
import confab.bench.suite.Table;
import confab.rig.process.EdgeProcess;
import confab.rig.process.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Whether anything grows or stalls when people come and go for a long time.
public final class SoakSuite implements Suite {
  private static final List<Engine> ENGINES = List.of(Engine.KWIK, Engine.NETTY);
  private static final int ROW_MINUTES = 5;
  private static final Duration AFTERWARDS = Duration.ofSeconds(30);
  private static final String NOTE =
      """
      %d rooms have %d speakers and %d listener over WebTransport, for %d minutes with each \
      engine.
      Every half second or so (%d ms and a join) one participant is replaced by somebody else.
      A session is stalled when it hears nothing for 1 s although another has been speaking \
      for 2 s.
      Missing frames are those between the first and the last that a participant who has left \
      had heard of a speaker.
      Heap and direct buffers are after a full collection.
      The participants are on the same machine, with Kwik's client.
      The last row is 30 s after everybody has left.\
      """;

  private final Site site;
  private final int minutes;
  private final List<List<String>> rows = new ArrayList<>();

  public SoakSuite(Options options, Site site) {
    this.site = site;
    minutes = options.quick() ? 1 : options.minutes();
  }

  @Override
  public Table measure() throws Exception {
    for (Engine engine : ENGINES) {
      try (EdgeProcess edge = Edges.start(site, engine.label(), engine.options())) {
        soak(engine, edge);
      }
    }
    return new Table(
        "Half an hour of coming and going",
        NOTE.formatted(
            Churn.ROOMS, Churn.SPEAKERS, Churn.LISTENERS, minutes, Churn.PACE.toMillis()),
        List.of(
            "engine",
            "minute",
            "heap, MB",
            "direct buffers, MB",
            "resident, MB",
            "threads",
            "descriptors",
            "CPU, cores",
            "joined",
            "could not",
            "stalled",
            "frames heard",
            "missing"),
        rows);
  }

  private void soak(Engine engine, EdgeProcess edge) throws Exception {
    Churn churn = Churn.start(edge);
    double before = CpuTime.of(edge.pid());
    try (churn) {
      for (int minute = 1; minute <= minutes; minute++) {
        Thread.sleep(Duration.ofMinutes(1));
        double cores = (CpuTime.of(edge.pid()) - before) / 60;
        List<String> row = row(engine, String.valueOf(minute), edge, cores, churn.count());
        before = CpuTime.of(edge.pid());
        if (minute == 1 || minute % ROW_MINUTES == 0) {
          rows.add(row);
        }
      }
    }
    Thread.sleep(AFTERWARDS);
    double cores = (CpuTime.of(edge.pid()) - before) / AFTERWARDS.toSeconds();
    rows.add(row(engine, "after", edge, cores, churn.count()));
  }

  private static List<String> row(
      Engine engine, String minute, EdgeProcess edge, double cores, Churn.Count count)
      throws Exception {
    Footprint footprint = Footprint.of(edge);
    List<String> row =
        List.of(
            engine.label(),
            minute,
            megabytes(footprint.heapBytes()),
            megabytes(footprint.directBytes()),
            megabytes(footprint.residentBytes()),
            String.valueOf(footprint.threads()),
            String.valueOf(footprint.descriptors()),
            Series.render(2, cores),
            String.valueOf(count.joined()),
            String.valueOf(count.failed()),
            String.valueOf(count.stalls()),
            String.valueOf(count.heard()),
            String.valueOf(count.missing()));
    System.err.println("soak: " + String.join(" | ", row));
    return row;
  }

  private static String megabytes(double bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
  }
}
