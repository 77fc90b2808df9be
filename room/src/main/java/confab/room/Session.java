package confab.room;

import confab.protocol.CloseReason;
import confab.protocol.Member;
import confab.protocol.SessionId;
import confab.room.limits.StrictBucket;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A participant's presence in a room on this edge. It outlives its connections: when one is lost,
/// the session stays for a while without a connection.
///
/// Written under the lock of the room.
final class Session {
  /// How long a page takes at most to be loaded anew.
  private static final long RELOAD_NANOS = TimeUnit.SECONDS.toNanos(3);

  /// Also read by the connection, on any thread.
  private volatile Member member;

  /// The connection that carries it; null while the participant is away.
  private @Nullable Attendee attendee;

  private long keptUntil;
  private CloseReason lastReason = CloseReason.CONNECTION_LOST;

  /// What it may still write.
  private final StrictBucket text;

  /// How often it may still change its name.
  private final StrictBucket renames;

  Session(Member member, StrictBucket text, StrictBucket renames) {
    this.member = member;
    this.text = text;
    this.renames = renames;
  }

  /// The session with a later connection, which may no more than the former one.
  Session continuedBy(Member later) {
    return new Session(later, text, renames);
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
  }

  /// The connection is lost, and the session ends if there is no other in time. Whoever closed a
  /// tab is not waited for as one whose network broke.
  ///
  /// @param heardAt when the participant was last heard
  /// @param window how long since then the session is kept
  void vacate(CloseReason reason, long heardAt, long now, long window) {
    attendee = null;
    keptUntil =
        reason == CloseReason.UNLOADED ? now + Math.min(window, RELOAD_NANOS) : heardAt + window;
    lastReason = reason;
  }

  StrictBucket text() {
    return text;
  }

  StrictBucket renames() {
    return renames;
  }

  /// Whether it has been without a connection for too long.
  boolean isOver(long now) {
    return attendee == null && keptUntil - now <= 0;
  }

  /// Why its last connection was lost.
  CloseReason lastReason() {
    return lastReason;
  }
}
