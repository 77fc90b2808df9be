package confab.bench.cluster;

import confab.bench.listener.Ear;
import confab.bench.listener.Heard;
import confab.bench.listener.Moves;
import confab.bench.listener.Speaker;
import confab.bench.suite.Options;
import confab.bench.suite.Rooms;
import confab.bench.suite.Series;
import confab.bench.suite.Suite;
import confab.bench.suite.Table;
import confab.participant.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// What a second edge adds to the way of a frame.
public final class Latency implements Suite {
  private static final int WARM_UP_FRAMES = 500;
  private static final String NOTE =
      """
      One speaker has one listener on its edge and one on another, over %s, for %d s at the \
      same time, all in one process.
      Latency is from the capture of a frame to its arrival.
      The difference is taken frame by frame; the aim is a p50 of less than 3 ms.\
      """;

  private final Seating seating;
  private final Duration length;

  public Latency(Seating seating, Options options) {
    this.seating = seating;
    length = options.length(20);
  }

  @Override
  public Table measure() throws Exception {
    seating.awaitWhole();
    String room = Rooms.fresh();
    var near = new Ear();
    var far = new Ear();
    try (Session speaking = seating.join(room, "speaker", new Moves());
        Session _ = seating.join(room, "near", speaking.edge()::equals, near);
        Session _ = seating.join(room, "far", edge -> !edge.equals(speaking.edge()), far);
        var _ = Speaker.start(speaking)) {
      far.awaitFrames(WARM_UP_FRAMES, System.nanoTime());
      near.forget();
      far.forget();
      Thread.sleep(length);
    }
    return table(near.heard(), far.heard());
  }

  private Table table(List<Heard> near, List<Heard> far) {
    Series difference = Series.of(differences(near, far));
    System.err.println("latency, added: p50 %.2f ms".formatted(difference.percentile(50)));
    return new Table(
        "One edge more",
        NOTE.formatted(seating.transport().label(), length.toSeconds()),
        List.of("listener", "frames", "p50, ms", "p90, ms", "p99, ms", "worst, ms"),
        List.of(
            row("on the speaker's edge", latencies(near)),
            row("on another edge", latencies(far)),
            row("difference", difference)));
  }

  private static Series latencies(List<Heard> heard) {
    return Series.of(heard.stream().mapToDouble(Heard::latencyMillis));
  }

  /// Of the frames that both heard.
  private static DoubleStream differences(List<Heard> near, List<Heard> far) {
    Map<Integer, Long> arrivals = new HashMap<>();
    near.forEach(each -> arrivals.put(each.sequence(), each.arrived()));
    return far.stream()
        .flatMapToDouble(
            each ->
                Stream.ofNullable(arrivals.get(each.sequence()))
                    .mapToDouble(arrived -> (each.arrived() - arrived) / 1e6));
  }

  private static List<String> row(String title, Series series) {
    return List.of(
        title,
        String.valueOf(series.size()),
        Series.render(2, series.percentile(50)),
        Series.render(2, series.percentile(90)),
        Series.render(2, series.percentile(99)),
        Series.render(2, series.worst()));
  }
}
