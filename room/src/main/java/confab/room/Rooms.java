package confab.room;

import confab.bus.Bus;
import confab.frames.MediaCounters;
import confab.frames.RoundFlusher;
import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.RoomId;
import confab.protocol.RoomName;
import confab.protocol.UserId;
import confab.protocol.figures.Figure;
import confab.protocol.grants.Grant;
import confab.room.Admission.Admitted;
import confab.room.Admission.Refused;
import confab.room.grants.Access;
import confab.room.grants.TicketDesk;
import confab.room.limits.AwayPlaces;
import confab.room.limits.LimitCounters;
import confab.room.limits.Pressure;
import confab.room.presence.PresenceBeat;
import confab.room.presence.PresenceCounters;
import confab.room.presence.PresenceStats;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/// The rooms of one edge, as transports and the edge see them: admission, connections, figures,
/// and the threads that look after them. Thread-safe; none of its methods but [#drain] blocks for
/// longer than a membership change takes.
public final class Rooms implements AutoCloseable {
  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(250);

  /// A beat that comes later than this says that the whole process stood still.
  private static final Duration STANDSTILL = Duration.ofSeconds(1);

  private final EdgeContext context;
  private final OpenRooms rooms;
  private final Connections connections;
  private final Gate gate;
  private final SecureRandom random = new SecureRandom();
  private final TellQueue toTell = new TellQueue();
  private final PresenceBeat beat = new PresenceBeat(this::beat);
  private final Thread sweeper;

  // Owned by the thread that beats.
  private long beatAt;

  /// The rooms of an edge that shares no resume key with others.
  public Rooms(String edge, Bus bus, RoomLimits limits) {
    this(EdgeIdentity.named(edge), bus, limits);
  }

  public Rooms(EdgeIdentity edge, Bus bus, RoomLimits limits) {
    this(edge, bus, limits, Access.open());
  }

  public Rooms(EdgeIdentity edge, Bus bus, RoomLimits limits, Access access) {
    this(edge, bus, limits, access, System::nanoTime, InstantSource.system());
    context.flusher().start();
    beat.start();
    sweeper.start();
  }

  /// For tests that call [#beat], [#sweep] and [#flush] themselves.
  Rooms(
      EdgeIdentity edge, Bus bus, RoomLimits limits, LongSupplier nanoClock, InstantSource clock) {
    this(edge, bus, limits, Access.open(), nanoClock, clock);
  }

  Rooms(
      EdgeIdentity edge,
      Bus bus,
      RoomLimits limits,
      Access access,
      LongSupplier nanoClock,
      InstantSource clock) {
    var limited = new LimitCounters();
    context =
        new EdgeContext(
            edge,
            bus,
            limits,
            nanoClock,
            clock,
            new RoundFlusher(nanoClock),
            new ResumeDesk(edge.resumeKeys(), limits.resumeWindow(), access.revocations(), clock),
            new TicketDesk(edge.resumeKeys(), limits.ticketsOnly(), access.revocations(), clock),
            access,
            EdgeContext.mediaCounters(),
            new MediaCounters(),
            new PresenceCounters(),
            limited,
            new AwayPlaces(limits.awayPerAddress(), limited),
            new Pressure(Pressure.ofThisProcess(), nanoClock.getAsLong()));
    rooms = new OpenRooms(context, this::tellSoon);
    connections = new Connections(limits, limited);
    gate = new Gate(context, rooms, connections);
    beatAt = context.now();
    sweeper = Thread.ofVirtual().name("rooms-sweeper").unstarted(this::sweepAlways);
  }

  // --- coming in ---

  /// Decides on a join and counts it. Whoever is admitted calls [#connect] when the link stands.
  public Admission admit(JoinRequest request) {
    return gate.decide(request, true);
  }

  /// What [#admit] would say now, without counting anything.
  public Admission preview(JoinRequest request) {
    return gate.decide(request, false);
  }

  /// A ticket for somebody who has shown a token; one session enters by it.
  ///
  /// @param name by which the bearer is shown; empty where it may choose
  /// @param roomName what the token calls the room; empty when it does not say
  public String ticket(
      RoomId room,
      UserId user,
      Optional<DisplayName> name,
      Grant grant,
      Optional<DisplayName> roomName) {
    return context.tickets().issue(room, user, name, grant, roomName);
  }

  /// Takes the link of somebody admitted. The transport feeds the connection that this returns,
  /// which enters its room when it asks to.
  public Connection connect(Admitted admitted, Link link) {
    var connection = new Connection(context, rooms, connections, admitted, link);
    connections.add(connection);
    return connection;
  }

  /// What came of asking for a new room.
  public sealed interface Creation {
    record Created(RoomId room) implements Creation {}

    record NotCreated(Refused why) implements Creation {}
  }

  /// Makes a room with a random readable id.
  ///
  /// @param address who asks; creations are limited per address
  /// @param user whom a token names, by which they are limited as well
  public Creation create(InetAddress address, Optional<UserId> user) {
    Refused refused = gate.refuseRoom(address, user, true);
    if (refused != null) {
      return new Creation.NotCreated(refused);
    }
    while (true) {
      RoomId id = RoomNames.next(random);
      if (rooms.create(id, address)) {
        return new Creation.Created(id);
      }
    }
  }

  /// How many are in the room, on all edges as far as this one knows; empty when it knows of no
  /// such room.
  public OptionalInt participants(RoomId id) {
    return rooms.participants(id);
  }

  /// What people call the room, as far as this edge knows; empty when nobody has said.
  public Optional<DisplayName> name(RoomId id) {
    return rooms.name(id).map(RoomName::text);
  }

  // --- upkeep ---

  private void sweepAlways() {
    try {
      while (true) {
        Thread.sleep(SWEEP_INTERVAL);
        feelPressure();
        sweep();
      }
    } catch (InterruptedException e) {
      // Closing.
    }
  }

  /// Called as often as the sweeper sweeps, and as late.
  void feelPressure() {
    context.pressure().beat(context.now());
  }

  /// Closes connections that are silent, late or left behind, and forgets what is over.
  void sweep() {
    long now = context.now();
    connections.sweep(now);
    rooms.sweep(now);
  }

  private void tellSoon(Room room) {
    toTell.put(room);
    beat.wake();
  }

  /// Tells the other edges what is due, and notices when they cannot be told.
  void beat() {
    long now = context.now();
    boolean stoodStill = now - beatAt > STANDSTILL.toNanos();
    beatAt = now;
    rooms.setWhole(context.bus().fault().isEmpty());
    if (stoodStill) {
      rooms.open().forEach(Room::listenAnew);
    }
    toTell.tellDue(now);
  }

  /// Hands out the rounds whose window is over.
  void flush() {
    context.flusher().flushDue();
  }

  /// Admits nobody any more and asks everybody to move to another edge, one after the other, so
  /// that the others are not met by all at once. Returns when the last has been asked.
  ///
  /// @param spread how long to take for it
  public void drain(Duration spread) throws InterruptedException {
    connections.drain(spread);
  }

  /// Closes every connection with [CloseReason#SHUTDOWN]; nobody is admitted any more.
  @Override
  public void close() {
    sweeper.interrupt();
    connections.close();
    beat.close();
    context.flusher().close();
    rooms.open().forEach(room -> room.tell(true));
  }

  // --- figures ---

  @Figure(name = "rooms", gauge = true, value = "Rooms on this edge, empty ones included")
  public int roomCount() {
    return rooms.size();
  }

  @Figure(
      name = "sessions",
      by = "transport",
      gauge = true,
      value = "Connections now, in a room or about to enter one")
  public int connectionCount(Transport transport) {
    return connections.count(transport);
  }

  /// Connections on all transports.
  public int connectionCount() {
    return connections.count();
  }

  @Figure(
      "Rounds that nobody timed, since too many rooms had one open; they go out with the next"
          + " frame")
  public long roundsUnwatched() {
    return context.flusher().refused();
  }

  @Figure(by = "outcome", value = "Resume tokens shown, by what became of them")
  public long resumptions(Resumption outcome) {
    return context.resumes().counted(outcome);
  }

  @Figure("Tickets shown to enter by which somebody had entered before")
  public long ticketsReplayed() {
    return context.tickets().replays();
  }

  @Figure("Used tickets that were forgotten while they were fresh, since there were too many")
  public long ticketsForgotten() {
    return context.tickets().forgotten();
  }

  public PresenceStats presenceStats() {
    return context.presence().stats();
  }

  /// What was above the limits. Transports count here, too.
  public LimitCounters limited() {
    return context.limited();
  }

  /// Media of the connections on `transport`. A transport's outboxes count here, too.
  public MediaCounters counters(Transport transport) {
    return context.media(transport);
  }

  /// Media that came over the bus and went out on it.
  public MediaCounters busCounters() {
    return context.busMedia();
  }
}
