package confab.room;

import confab.protocol.EdgeRun;
import confab.protocol.ResumeToken;
import confab.protocol.Seal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Some edges on one simulated network and one clock; they share a resume key. One thread only.
final class SimulatedEdges implements AutoCloseable {
  private static final String SECRET = "shared secret";
  static final Seal SEAL = Seal.by(List.of(ResumeToken.key(SECRET)));

  private static final Duration STEP = Duration.ofMillis(50);

  final TestClock clock = new TestClock();
  final SimulatedNetwork network = new SimulatedNetwork();
  private final List<EdgeIdentity> identities = new ArrayList<>();
  private final List<Rooms> rooms = new ArrayList<>();

  private final RoomLimits limits;

  SimulatedEdges(int count) {
    this(count, RoomLimits.defaults());
  }

  SimulatedEdges(int count, RoomLimits limits) {
    this.limits = limits;
    for (int i = 0; i < count; i++) {
      start();
    }
  }

  /// One more edge.
  Rooms start() {
    return start(clock);
  }

  /// One whose wall clock is not that of the others.
  Rooms start(InstantSource wallClock) {
    var identity = EdgeIdentity.named("edge-" + rooms.size(), List.of(SECRET));
    var started = new Rooms(identity, network.connect(), limits, clock, wallClock);
    identities.add(identity);
    rooms.add(started);
    return started;
  }

  Rooms edge(int index) {
    return rooms.get(index);
  }

  EdgeRun run(int index) {
    return identities.get(index).run();
  }

  /// Somebody comes into room `demo`, and all edges know.
  Guest join(Rooms edge, String user) {
    Guest guest = Guest.join(edge, "demo", user);
    exchange();
    return guest;
  }

  SimulatedNetwork.Line line(int index) {
    return network.lines().get(index);
  }

  /// Ends the edge without a word.
  void kill(int index) {
    line(index).close();
  }

  /// Everybody says and hears what is due now.
  void exchange() {
    for (int i = 0; i < 3; i++) {
      rooms.forEach(Rooms::beat);
      network.deliver();
    }
  }

  /// Lets time pass, with the upkeep that belongs to it.
  void pass(Duration time) {
    for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plus(STEP)) {
      clock.advance(STEP);
      rooms.forEach(Rooms::flush);
      exchange();
      rooms.forEach(Rooms::sweep);
      exchange();
    }
  }

  @Override
  public void close() {
    rooms.forEach(Rooms::close);
  }
}
