package confab.bench.cluster;

import confab.bench.listener.Ear;
import confab.bench.listener.Speaker;
import confab.bench.suite.CpuTime;
import confab.bench.suite.Options;
import confab.bench.suite.Rooms;
import confab.bench.suite.Series;
import confab.bench.suite.Suite;
import confab.bench.suite.Table;
import confab.participant.Session;
import confab.participant.SessionListener;
import confab.rig.process.Cluster;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What it costs when frames cross from one edge to another: the same rooms with the listeners on
/// the speakers' edge, and on another. What differs is the crossing.
public final class CpuPerFrame implements Suite {
  private static final int ROOMS = 20;
  private static final int ROUNDS = 3;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final String NOTE =
      """
      %d rooms have a speaker and a listener each, over WebSocket, %d s in each place, in %d \
      rounds.
      CPU is that of all edges and of all NATS servers per frame delivered, background \
      included.
      All speakers are on one edge.
      While the listeners are there, too, nothing is published to NATS; then they are on a \
      second edge.
      The difference is what it costs to publish a frame, to carry it, and to take it in at \
      the other edge.
      With one speaker in a room each frame is a message of its own, which is the dearest \
      case.\
      """;

  /// CPU per frame in microseconds.
  private record Cost(double edges, double nats) {}

  private final Cluster cluster;
  private final Seating seating;
  private final Duration length;
  private final int rounds;

  public CpuPerFrame(Cluster cluster, Seating seating, Options options) {
    this.cluster = cluster;
    this.seating = seating;
    length = options.length(20);
    rounds = options.runs(ROUNDS);
  }

  @Override
  public Table measure() throws Exception {
    cluster.awaitWhole();
    String here = Cluster.edges().get(0);
    String there = Cluster.edges().get(1);
    List<Cost> together = new ArrayList<>();
    List<Cost> apart = new ArrayList<>();
    List<String> rooms = new ArrayList<>();
    List<Session> speaking = new ArrayList<>();
    List<Speaker> speakers = new ArrayList<>();
    try {
      for (int i = 0; i < ROOMS; i++) {
        rooms.add(Rooms.fresh());
        speaking.add(seating.join(rooms.get(i), "speaker", here::equals, new SessionListener() {}));
        speakers.add(Speaker.start(speaking.get(i)));
      }
      for (int round = 1; round <= rounds; round++) {
        together.add(listen("one edge", round, rooms, here));
        apart.add(listen("two edges", round, rooms, there));
      }
    } finally {
      speakers.forEach(Speaker::close);
      speaking.forEach(Session::close);
    }
    return table(together, apart);
  }

  private Cost listen(String what, int round, List<String> rooms, String edge) throws Exception {
    List<Session> listening = new ArrayList<>();
    List<Ear> ears = new ArrayList<>();
    try {
      for (String room : rooms) {
        var ear = new Ear();
        listening.add(seating.join(room, "ear", edge::equals, ear));
        ears.add(ear);
      }
      Thread.sleep(WARM_UP);
      Cost cost = measure(ears);
      System.err.printf(
          "cpu, %s, round %d/%d: edges %.0f µs, NATS %.0f µs per frame%n",
          what, round, rounds, cost.edges, cost.nats);
      return cost;
    } finally {
      listening.forEach(Session::close);
    }
  }

  private Cost measure(List<Ear> ears) throws IOException, InterruptedException {
    long framesBefore = frames(ears);
    double edgesBefore = CpuTime.of(cluster, Cluster.edges());
    double natsBefore = CpuTime.of(cluster, Cluster.natsServers());
    Thread.sleep(length);
    double edges = CpuTime.of(cluster, Cluster.edges()) - edgesBefore;
    double nats = CpuTime.of(cluster, Cluster.natsServers()) - natsBefore;
    long frames = frames(ears) - framesBefore;
    return new Cost(edges * 1e6 / frames, nats * 1e6 / frames);
  }

  private static long frames(List<Ear> ears) {
    return ears.stream().mapToLong(Ear::count).sum();
  }

  private Table table(List<Cost> together, List<Cost> apart) {
    return new Table(
        "CPU for a frame that crosses",
        NOTE.formatted(ROOMS, length.toSeconds(), rounds),
        List.of(
            "µs per frame: mean (each round)", "one edge", "two edges", "added by the crossing"),
        List.of(
            row("edges", together, apart, Cost::edges),
            row("NATS servers", together, apart, Cost::nats)));
  }

  private static List<String> row(
      String title, List<Cost> together, List<Cost> apart, ToDoubleFunction<Cost> part) {
    List<Double> one = together.stream().mapToDouble(part).boxed().toList();
    List<Double> two = apart.stream().mapToDouble(part).boxed().toList();
    List<Double> added = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      added.add(two.get(i) - one.get(i));
    }
    return List.of(title, render(one), render(two), render(added));
  }

  private static String render(List<Double> rounds) {
    List<String> each = rounds.stream().map(value -> Series.render(0, value)).toList();
    return Series.render(0, Series.of(rounds).mean()) + " (" + String.join(", ", each) + ")";
  }
}
