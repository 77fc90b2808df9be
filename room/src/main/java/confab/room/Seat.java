package confab.room;

import confab.protocol.CloseReason;
import confab.protocol.Member;
import org.jspecify.annotations.Nullable;

/// A session's place in a room on this edge. It stays for a while when the connection is lost.
///
/// Written under the lock of the room.
final class Seat {
  /// Also read by the session, on any thread.
  private volatile Member member;

  /// Who sits here; null while the participant is away.
  private @Nullable Session session;

  private long awaySince;
  private CloseReason lastReason = CloseReason.CONNECTION_LOST;

  Seat(Member member, Session session) {
    this.member = member;
    this.session = session;
  }

  Member member() {
    return member;
  }

  void setMember(Member changed) {
    member = changed;
  }

  @Nullable Session session() {
    return session;
  }

  /// The connection is lost.
  ///
  /// @param since when the participant was last heard
  void vacate(CloseReason reason, long since) {
    session = null;
    awaySince = since;
    lastReason = reason;
  }

  boolean awaySince(long time) {
    return session == null && awaySince - time <= 0;
  }

  /// Why it was vacated.
  CloseReason lastReason() {
    return lastReason;
  }
}
