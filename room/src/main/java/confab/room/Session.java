package confab.room;

import confab.protocol.CloseReason;
import confab.protocol.Identity;
import confab.protocol.Member;
import confab.protocol.RoomId;
import confab.protocol.SessionId;
import confab.room.limits.AwayPlaces;
import confab.room.limits.StrictBucket;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A participant's presence in a room on this edge. It outlives its connections: when one is lost,
/// the session stays for a while without a connection.
///
/// Written under the lock of the room.
final class Session implements AwayPlaces.Absence {
  /// How long a page takes at most to be loaded anew.
  private static final long RELOAD_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final EdgeContext context;
  private final RoomId room;

  /// What it may still write.
  private final StrictBucket text;

  /// How often it may still change its name. Guarded by itself.
  private final StrictBucket renames;

  /// Also read by the connection, on any thread.
  private volatile Member member;

  /// The connection that carries it; null while the participant is away.
  private @Nullable Attendee attendee;

  /// That of its last connection.
  private InetAddress address = InetAddress.getLoopbackAddress();

  private long keptUntil;
  private CloseReason lastReason = CloseReason.CONNECTION_LOST;

  /// Set by any thread.
  private volatile boolean ended;

  Session(
      EdgeContext context, RoomId room, Member member, StrictBucket text, StrictBucket renames) {
    this.context = context;
    this.room = room;
    this.member = member;
    this.text = text;
    this.renames = renames;
  }

  /// The session with a later connection, which may no more than the former one.
  Session continuedBy(Member later) {
    leave();
    return new Session(context, room, later, text, renames);
  }

  SessionId id() {
    return member.session();
  }

  Member member() {
    return member;
  }

  void setMember(Member changed) {
    member = changed;
  }

  @Nullable Attendee attendee() {
    return attendee;
  }

  void carriedBy(Attendee connection) {
    attendee = connection;
    address = connection.address();
  }

  /// The connection is lost. When the session is kept, it ends if there is no other in time.
  /// Whoever closed a tab is not waited for as one whose network broke; whom an edge that ends lets
  /// go, the others take in.
  ///
  /// @return whether it is kept
  boolean vacate(CloseReason reason, Attendee lost) {
    long window = context.limits().resumeWindow().toNanos();
    boolean ending = reason == CloseReason.SHUTDOWN;
    if (!reason.mayReturn()
        || window == 0
        || !(ending || context.away().isKept(address, lost.spoke()))) {
      return false;
    }
    attendee = null;
    keptUntil =
        reason == CloseReason.UNLOADED
            ? context.now() + Math.min(window, RELOAD_NANOS)
            : lost.heardAt() + window;
    lastReason = reason;
    if (!ending) {
      context.away().add(this);
    }
    return true;
  }

  /// It is over, or is another connection's.
  void leave() {
    context.away().remove(this);
  }

  /// Whether it has been without a connection for too long.
  boolean isOver(long now) {
    return attendee == null && (ended || keptUntil - now <= 0);
  }

  /// Why its last connection was lost.
  CloseReason lastReason() {
    return lastReason;
  }

  StrictBucket text() {
    return text;
  }

  /// Takes one of the names that it may choose. Called without the lock of the room.
  ///
  /// @return nanoseconds until it makes sense to try again; 0 when it was taken
  long takeRename(long now) {
    synchronized (renames) {
      return renames.tryTake(1, now);
    }
  }

  // --- while it is away ---

  @Override
  public RoomId room() {
    return room;
  }

  @Override
  public Identity identity() {
    return member.participant().identity();
  }

  @Override
  public InetAddress address() {
    return address;
  }

  /// It is not waited for any longer: the room ends it with its next sweep.
  @Override
  public void end() {
    ended = true;
  }
}
