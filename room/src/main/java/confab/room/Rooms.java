package confab.room;

import confab.bus.Bus;
import confab.protocol.CloseReason;
import confab.protocol.Participant;
import confab.protocol.RoomId;
import confab.room.Admission.Admitted;
import confab.room.Admission.Refused;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rooms of one edge: who may join, which rooms there are, who is idle. Thread-safe; none of
/// its methods blocks for longer than a membership change takes.
///
/// Membership of one room changes inside [ConcurrentHashMap#compute] of its id, so a room cannot
/// vanish while somebody enters it. Frames never come by here.
public final class Rooms implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);

  private final String edge;
  private final Bus bus;
  private final RoomLimits limits;
  private final LongSupplier nanoClock;
  private final Gate gate;
  private final Map<Transport, MediaCounters> counters = new EnumMap<>(Transport.class);
  private final Map<Transport, AtomicInteger> sessions = new EnumMap<>(Transport.class);
  private final MediaCounters busCounters = new MediaCounters();
  private final ConcurrentHashMap<RoomId, Room> rooms = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final Thread sweeper;
  private volatile boolean closing;

  /// @param edge names this edge to participants
  public Rooms(String edge, Bus bus, RoomLimits limits) {
    this(edge, bus, limits, System::nanoTime);
  }

  Rooms(String edge, Bus bus, RoomLimits limits, LongSupplier nanoClock) {
    this.edge = edge;
    this.bus = bus;
    this.limits = limits;
    this.nanoClock = nanoClock;
    gate = new Gate(limits);
    for (Transport transport : Transport.values()) {
      counters.put(transport, new MediaCounters());
      sessions.put(transport, new AtomicInteger());
    }
    sweeper = Thread.ofVirtual().name("rooms-sweeper").start(this::sweepEverySecond);
  }

  // --- admission ---

  /// Decides on a join and counts it. Whoever is admitted calls [#join] when the connection stands.
  public Admission admit(JoinRequest request) {
    return decide(request, true);
  }

  /// What [#admit] would say now, without counting anything.
  public Admission preview(JoinRequest request) {
    return decide(request, false);
  }

  private Admission decide(JoinRequest request, boolean take) {
    Admission checked = gate.check(request);
    if (!(checked instanceof Admitted admitted)) {
      return checked;
    }
    Refused refused = refuseForPlace(admitted.room());
    long now = nanoTime();
    if (refused == null) {
      refused = gate.limitConnect(request.address(), now, take);
    }
    if (refused == null && !rooms.containsKey(admitted.room())) {
      refused = refuseForCreation(request.address(), now, take);
    }
    return refused == null ? admitted : refused;
  }

  private @Nullable Refused refuseForPlace(RoomId id) {
    if (closing) {
      return Refused.of(503, "draining", "This edge is shutting down.");
    }
    if (sessions.values().stream().mapToInt(AtomicInteger::get).sum() >= limits.maxSessions()) {
      return Refused.of(503, "edge_full", "This edge has no place left.");
    }
    if (participants(id).orElse(0) >= limits.maxParticipants()) {
      return Refused.of(503, "room_full", "This room is full.");
    }
    return null;
  }

  private @Nullable Refused refuseForCreation(InetAddress address, long now, boolean take) {
    if (!limits.createOnJoin()) {
      return Refused.of(404, "room_not_found", "There is no such room.");
    }
    return refuseRoom(address, now, take);
  }

  private @Nullable Refused refuseRoom(InetAddress address, long now, boolean take) {
    return rooms.size() >= limits.maxRooms()
        ? Refused.of(503, "edge_full", "This edge has no place for another room.")
        : gate.limitRoomCreation(address, now, take);
  }

  // --- rooms ---

  /// What came of asking for a new room.
  public sealed interface Creation {
    record Created(RoomId room) implements Creation {}

    record NotCreated(Refused why) implements Creation {}
  }

  /// Makes a room with a random readable id.
  ///
  /// @param address who asks; creations are limited per address
  public Creation create(InetAddress address) {
    Refused refused = refuseRoom(address, nanoTime(), true);
    if (refused != null) {
      return new Creation.NotCreated(refused);
    }
    while (true) {
      RoomId id = RoomNames.next(random);
      if (rooms.putIfAbsent(id, newRoom(id)) == null) {
        return new Creation.Created(id);
      }
    }
  }

  /// How many are in the room on this edge; empty when there is no such room.
  public OptionalInt participants(RoomId id) {
    Room room = rooms.get(id);
    return room == null ? OptionalInt.empty() : OptionalInt.of(room.size());
  }

  /// Brings an admitted participant in. From here on the connection gets events and media, and the
  /// transport feeds the session that this returns.
  public Session join(Admitted admitted, Connection connection) {
    byte[] bits = new byte[8];
    random.nextBytes(bits);
    String id = HexFormat.of().formatHex(bits);
    Session[] entered = new Session[1];
    rooms.compute(
        admitted.room(),
        (roomId, existing) -> {
          Room room = existing == null ? newRoom(roomId) : existing;
          var participant =
              new Participant(room.freeNumber(), admitted.user(), admitted.name(), false, false);
          Session session = new Session(id, this, room, connection, participant, nanoTime());
          room.enter(session, edge);
          entered[0] = session;
          return room;
        });
    sessionsOf(connection.transport()).incrementAndGet();
    LOG.atInfo()
        .addKeyValue("session", id)
        .addKeyValue("room", admitted.room())
        .addKeyValue("user", admitted.user())
        .addKeyValue("transport", connection.transport().label())
        .log("session opened");
    if (closing) {
      entered[0].close(CloseReason.SHUTDOWN);
    }
    return entered[0];
  }

  /// Called by a session that closes, once.
  void leave(Session session, CloseReason reason) {
    rooms.computeIfPresent(
        session.room().id(),
        (id, room) -> {
          room.exit(session, reason, nanoTime());
          return room;
        });
    sessionsOf(session.transport()).decrementAndGet();
  }

  private Room newRoom(RoomId id) {
    return new Room(id, bus, busCounters, nanoTime());
  }

  // --- upkeep ---

  private void sweepEverySecond() {
    try {
      while (true) {
        Thread.sleep(1000);
        sweep();
      }
    } catch (InterruptedException e) {
      // Closing.
    }
  }

  /// Closes sessions that fell silent and forgets rooms that stayed empty.
  void sweep() {
    long now = nanoTime();
    long idleBefore = now - limits.idleTimeout().toNanos();
    long emptyBefore = now - limits.emptyRoomLifetime().toNanos();
    for (Room room : rooms.values()) {
      for (Session session : room.sessions()) {
        if (session.heardAt() - idleBefore < 0) {
          session.close(CloseReason.IDLE_TIMEOUT);
        }
      }
      rooms.computeIfPresent(
          room.id(), (id, current) -> current.emptySince(emptyBefore) ? null : current);
    }
  }

  /// Closes every session with [CloseReason#SHUTDOWN]; nobody is admitted any more.
  @Override
  public void close() {
    closing = true;
    sweeper.interrupt();
    for (Room room : rooms.values()) {
      for (Session session : room.sessions()) {
        session.close(CloseReason.SHUTDOWN);
      }
    }
  }

  // --- figures ---

  public int roomCount() {
    return rooms.size();
  }

  public int sessionCount(Transport transport) {
    return sessionsOf(transport).get();
  }

  /// Media of the sessions on `transport`. A transport's outboxes count here, too.
  public MediaCounters counters(Transport transport) {
    return Optional.ofNullable(counters.get(transport)).orElseThrow();
  }

  /// Media that came over the bus.
  public MediaCounters busCounters() {
    return busCounters;
  }

  private AtomicInteger sessionsOf(Transport transport) {
    return Optional.ofNullable(sessions.get(transport)).orElseThrow();
  }

  RoomLimits limits() {
    return limits;
  }

  long nanoTime() {
    return nanoClock.getAsLong();
  }
}
