package confab.room;

import confab.protocol.CloseReason;
import confab.protocol.Member;
import confab.protocol.Participant;
import confab.protocol.RoomName;
import confab.protocol.SessionId;
import confab.protocol.grants.Grant;
import confab.room.presence.Roster;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What became of a request to enter a room.
sealed interface Entry {
  /// It is in the room.
  ///
  /// @param resumed whether the session was there before
  /// @param former the session's connection on this edge so far; it is to be fenced
  record Entered(Member member, boolean resumed, @Nullable Attendee former) implements Entry {}

  record Refused(CloseReason why) implements Entry {}

  /// Who asks to enter. The methods are called by the room, under its lock.
  ///
  /// @param attempt counts the connections of the session, from 1
  /// @param vouched what a good resume token says; empty for a new session
  /// @param fresh who a new session is, from now on; the room chooses the number
  /// @param session which one a ticket says that a new session is; empty without
  /// @param grant what it may
  /// @param roomName what its token calls the room; empty when it does not say
  record Request(
      int attempt,
      Optional<Member> vouched,
      Participant fresh,
      Optional<SessionId> session,
      Grant grant,
      Optional<RoomName> roomName) {

    /// Whether it is a session that was in the room before, with its next connection.
    boolean isResumed(Roster roster) {
      return vouched.filter(each -> roster.isNewer(each, attempt)).isPresent();
    }

    /// Why somebody new does not come in; empty when they do.
    Optional<CloseReason> obstacle(Roster roster) {
      if (session.filter(roster::knows).isPresent()) {
        return Optional.of(CloseReason.UNAUTHORIZED);
      }
      OptionalInt most = grant.sessions();
      return most.isPresent() && roster.sessionsOf(fresh.identity()).size() >= most.getAsInt()
          ? Optional.of(CloseReason.TOO_MANY_SESSIONS)
          : Optional.empty();
    }

    /// Who it is in the room. A session that comes back is shown as what it is granted.
    Member member(Roster roster, boolean resumed) {
      if (!resumed) {
        return roster.begin(session.orElseGet(SessionId::random), attempt, fresh);
      }
      Member back = roster.comeBack(vouched.orElseThrow(), attempt);
      return back.with(back.participant().withGrant(grant));
    }
  }
}
