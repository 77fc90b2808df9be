package confab.room;

import confab.protocol.Member;
import confab.protocol.RoomId;
import confab.protocol.grants.Grant;
import org.jspecify.annotations.Nullable;

/// The resume tokens of one connection, renewed before they are too old to be of use. Thread-safe.
final class ResumeRenewal {
  private final ResumeDesk desk;
  private final RoomId room;
  private long issuedAt;
  private @Nullable Member issuedFor;
  private @Nullable Grant issuedWith;

  ResumeRenewal(ResumeDesk desk, RoomId room) {
    this.desk = desk;
    this.room = room;
  }

  /// A resume token when the last one is getting old or says something else; empty otherwise.
  synchronized String next(Member member, Grant grant, long now) {
    if (member.equals(issuedFor)
        && grant.equals(issuedWith)
        && now - issuedAt < ResumeDesk.RENEWAL.toNanos()) {
      return "";
    }
    issuedFor = member;
    issuedWith = grant;
    issuedAt = now;
    return desk.issue(room, member, grant);
  }
}
