package confab.bench.cluster;

import confab.bench.suite.Options;
import confab.bench.suite.Series;
import confab.bench.suite.Suite;
import confab.bench.suite.Table;
import confab.rig.process.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// What a listener misses when an edge ends or stops.
public final class Outages implements Suite {
  private static final String NOTE =
      """
      One speaker (a frame of 20 ms every 20 ms) and one listener are on different edges, over \
      %s, %d runs each.
      One edge is struck while they are on, and started again afterwards.
      "Missing" is the longest piece of audio that the listener did not get, by the capture \
      timestamps of the frames around it.
      A frame 400 ms late counts as missing.
      "Lost" are all frames missing in a run of 4 s or more.
      "Noticed" and "moved" count from the blow until the participant on that edge knew, and \
      was welcome on another.
      Of a drain they count from the start of the script that sends SIGTERM.\
      """;

  private final Cluster cluster;
  private final Seating seating;
  private final int runs;
  private int failures;

  public Outages(Cluster cluster, Seating seating, Options options) {
    this.cluster = cluster;
    this.seating = seating;
    runs = options.runs(20);
  }

  @Override
  public Table measure() throws Exception {
    List<List<String>> rows = new ArrayList<>();
    for (Scenario scenario : Scenario.values()) {
      rows.add(row(scenario, run(scenario)));
    }
    return new Table(
        "When an edge ends",
        NOTE.formatted(seating.transport().label(), runs),
        List.of(
            "what",
            "runs",
            "missing, ms: p50 / p90 / worst",
            "aim: p50, worst",
            "frames lost: p50 / p90 / worst",
            "noticed, ms: p50 / p90 / worst",
            "moved, ms: p50 / p90 / worst",
            "drain took, ms: p50 / p90 / worst",
            "same participant"),
        rows);
  }

  @Override
  public int failures() {
    return failures;
  }

  private List<Outage> run(Scenario scenario) throws Exception {
    List<Outage> outages = new ArrayList<>();
    for (int i = 1; i <= runs; i++) {
      String name = "%s %d/%d".formatted(scenario.title, i, runs);
      cluster.awaitWhole();
      try {
        Outage outage = Outage.run(scenario, cluster, seating);
        outages.add(outage);
        System.err.println(name + ": " + line(outage));
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        failures++;
        System.err.println(name + " failed: " + e);
        cluster.keepLogs(scenario.name().toLowerCase(Locale.ROOT) + "-" + i);
      } finally {
        cluster.mend();
      }
    }
    return outages;
  }

  private static String line(Outage outage) {
    return String.format(
        Locale.ROOT,
        "missing %.0f ms, lost %d, noticed %.0f ms, moved %.0f ms, took %.0f ms%s",
        outage.missing().longestMillis(),
        outage.missing().frames(),
        outage.noticedMillis(),
        outage.movedMillis(),
        outage.tookMillis(),
        outage.resumed() ? "" : ", as somebody new");
  }

  private static List<String> row(Scenario scenario, List<Outage> outages) {
    boolean drain = scenario.blow == Scenario.Blow.DRAIN;
    return List.of(
        scenario.title,
        String.valueOf(outages.size()),
        render(outages, outage -> outage.missing().longestMillis()),
        scenario.aim,
        render(outages, outage -> outage.missing().frames()),
        render(outages, Outage::noticedMillis),
        render(outages, Outage::movedMillis),
        drain ? render(outages, Outage::tookMillis) : "–",
        outages.stream().filter(Outage::resumed).count() + " of " + outages.size());
  }

  private static String render(List<Outage> outages, ToDoubleFunction<Outage> figure) {
    return Series.of(outages.stream().mapToDouble(figure)).render(0, 50, 90);
  }
}
