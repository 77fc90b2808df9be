package confab.room;

import confab.bus.Bus;
import confab.protocol.CloseReason;
import confab.protocol.Member;
import confab.protocol.Participant;
import confab.protocol.Request;
import confab.protocol.RoomId;
import confab.room.Admission.Admitted;
import confab.room.Admission.Refused;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
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

  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(250);

  /// A beat that comes so late says that this process stood still.
  private static final Duration STANDSTILL = Duration.ofSeconds(1);

  private final EdgeIdentity edge;
  private final Bus bus;
  private final RoomLimits limits;
  private final LongSupplier nanoClock;
  private final Gate gate;
  private final ResumeDesk resumes;
  private final PresenceCounters presence = new PresenceCounters();
  private final Sessions sessions;
  private final Map<Transport, MediaCounters> counters = new EnumMap<>(Transport.class);
  private final MediaCounters busCounters = new MediaCounters();
  private final ConcurrentHashMap<RoomId, Room> rooms = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final PresenceBeat beat = new PresenceBeat(this::beat);
  private final RoundFlusher flusher;
  private final EdgeContext context;
  private final Thread sweeper;
  private volatile boolean draining;
  private volatile boolean closing;

  /// Whether the bus is in reach, as of the last beat.
  private volatile boolean whole;

  // Owned by the thread that beats.
  private long beatAt;

  /// An edge that shares nothing with others.
  public Rooms(String edge, Bus bus, RoomLimits limits) {
    this(EdgeIdentity.named(edge), bus, limits);
  }

  public Rooms(EdgeIdentity edge, Bus bus, RoomLimits limits) {
    this(edge, bus, limits, System::nanoTime, InstantSource.system());
    flusher.start();
    beat.start();
    sweeper.start();
  }

  /// For tests that call [#beat], [#sweep] and [#flush] themselves.
  Rooms(
      EdgeIdentity edge, Bus bus, RoomLimits limits, LongSupplier nanoClock, InstantSource clock) {
    this.edge = edge;
    this.bus = bus;
    this.limits = limits;
    this.nanoClock = nanoClock;
    gate = new Gate(limits);
    sessions = new Sessions(limits.idleTimeout());
    resumes = new ResumeDesk(edge.resumeKeys(), limits.resumeWindow(), clock);
    for (Transport transport : Transport.values()) {
      counters.put(transport, new MediaCounters());
    }
    flusher = new RoundFlusher(nanoClock);
    context =
        new EdgeContext(edge, bus, limits, nanoClock, flusher, beat::wake, busCounters, presence);
    whole = bus.isConnected();
    beatAt = nanoTime();
    sweeper = Thread.ofVirtual().name("rooms-sweeper").unstarted(this::sweepAlways);
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
    if (closing || draining) {
      return Refused.of(503, "draining", "This edge is shutting down.");
    }
    if (sessionCount() >= limits.maxSessions()) {
      return Refused.of(503, "edge_full", "This edge has no place left.");
    }
    Room room = rooms.get(id);
    if (room != null && room.connections() >= limits.maxParticipants()) {
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

  /// How many are in the room, on all edges as far as this one knows; empty when it knows of no
  /// such room.
  public OptionalInt participants(RoomId id) {
    Room room = rooms.get(id);
    return room == null ? OptionalInt.empty() : OptionalInt.of(room.size());
  }

  private Room newRoom(RoomId id) {
    return new Room(id, context, whole);
  }

  // --- sessions ---

  /// Takes an admitted connection. The transport feeds the session that this returns, which enters
  /// its room when it asks to.
  public Session join(Admitted admitted, Connection connection) {
    var session = new Session(this, admitted, connection, nanoTime());
    sessions.add(session);
    if (closing) {
      session.close(CloseReason.SHUTDOWN);
    }
    return session;
  }

  /// Called by a session that asks to, once.
  void enter(Session session, Request.Enter request) {
    Admitted admitted = session.admitted();
    Optional<Member> vouched = resumes.check(request.resume(), admitted);
    var fresh = new Participant(1, admitted.user(), admitted.name());
    Room.Entry[] entry = new Room.Entry[1];
    Room entered =
        rooms.compute(
            admitted.room(),
            (id, existing) -> {
              Room room = existing == null ? newRoom(id) : existing;
              entry[0] = room.enter(session, request.attempt(), vouched, fresh);
              return room;
            });
    noteEntry(session, vouched.isPresent(), entry[0]);
    if (session.isClosed()) {
      entered.exit(session, CloseReason.CONNECTION_LOST);
    } else if (draining) {
      session.move();
    }
  }

  private void noteEntry(Session session, boolean vouched, Room.Entry entry) {
    if (entry.resumed()) {
      resumes.count(Resumption.RESUMED);
    } else if (vouched) {
      resumes.refuse(Resumption.STALE, session.admitted());
    }
    if (entry.former() != null) {
      presence.unseated(CloseReason.SUPERSEDED);
      entry.former().fence(CloseReason.SUPERSEDED);
    }
    LOG.atInfo()
        .addKeyValue("session", hex(entry.member().session()))
        .addKeyValue("room", session.admitted().room())
        .addKeyValue("user", session.admitted().user())
        .addKeyValue("transport", session.transport().label())
        .log(entry.resumed() ? "session resumed" : "session opened");
  }

  /// How a session is named in logs, the same on all edges.
  static String hex(long session) {
    return HexFormat.of().toHexDigits(session);
  }

  /// Called by a session that closes, once.
  void forget(Session session) {
    sessions.remove(session);
  }

  // --- upkeep ---

  private void sweepAlways() {
    try {
      while (true) {
        Thread.sleep(SWEEP_INTERVAL);
        sweep();
      }
    } catch (InterruptedException e) {
      // Closing.
    }
  }

  /// Closes connections that are silent, late or left behind, and forgets what is over.
  void sweep() {
    long now = nanoTime();
    sessions.sweep(now);
    long emptyBefore = now - limits.emptyRoomLifetime().toNanos();
    for (Room room : rooms.values()) {
      room.sweep();
      rooms.computeIfPresent(
          room.id(), (id, current) -> current.emptySince(emptyBefore) ? null : current);
    }
  }

  /// Tells the other edges what is due, and notices when they cannot be told.
  void beat() {
    long now = nanoTime();
    boolean stoodStill = now - beatAt > STANDSTILL.toNanos();
    beatAt = now;
    whole = bus.isConnected();
    for (Room room : rooms.values()) {
      room.setWhole(whole);
      if (stoodStill) {
        room.listenAnew();
      }
      room.tell(false);
    }
  }

  /// Hands out the rounds whose window is over.
  void flush() {
    flusher.flushDue();
  }

  /// Admits nobody any more and asks everybody to move to another edge, one after the other, so
  /// that the others are not met by all at once. Returns when the last has been asked.
  ///
  /// @param spread how long to take for it
  public void drain(Duration spread) throws InterruptedException {
    draining = true;
    List<Session> entered = sessions.entered();
    for (int i = 0; i < entered.size(); i++) {
      if (i > 0) {
        Thread.sleep(spread.dividedBy(entered.size()));
      }
      entered.get(i).move();
    }
  }

  /// Closes every session with [CloseReason#SHUTDOWN]; nobody is admitted any more.
  @Override
  public void close() {
    closing = true;
    sweeper.interrupt();
    sessions.closeAll(CloseReason.SHUTDOWN);
    beat.close();
    flusher.close();
    rooms.values().forEach(room -> room.tell(true));
  }

  // --- figures ---

  public int roomCount() {
    return rooms.size();
  }

  public int sessionCount(Transport transport) {
    return sessions.count(transport);
  }

  /// Connections on all transports.
  public int sessionCount() {
    return sessions.count();
  }

  /// Rounds that nobody timed, since too many rooms had one open.
  public long roundsUnwatched() {
    return flusher.refused();
  }

  /// What became of resume tokens.
  public long resumptions(Resumption outcome) {
    return resumes.counted(outcome);
  }

  public PresenceStats presenceStats() {
    return presence.stats();
  }

  /// Media of the sessions on `transport`. A transport's outboxes count here, too.
  public MediaCounters counters(Transport transport) {
    return Optional.ofNullable(counters.get(transport)).orElseThrow();
  }

  /// Media that came over the bus and went out on it.
  public MediaCounters busCounters() {
    return busCounters;
  }

  EdgeIdentity edge() {
    return edge;
  }

  ResumeDesk resumes() {
    return resumes;
  }

  RoomLimits limits() {
    return limits;
  }

  long nanoTime() {
    return nanoClock.getAsLong();
  }
}
