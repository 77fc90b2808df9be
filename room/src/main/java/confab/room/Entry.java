package confab.room;

import confab.protocol.Member;
import confab.protocol.Participant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What became of a request to enter a room.
///
/// @param resumed whether the session was there before
/// @param former the session's connection on this edge so far; it is to be fenced
record Entry(Member member, boolean resumed, @Nullable Attendee former) {

  /// Who asks to enter.
  ///
  /// @param attempt counts the connections of the session, from 1
  /// @param vouched what a good resume token says; empty for a new session
  /// @param fresh who a new session is; the room chooses the number
  record Request(int attempt, Optional<Member> vouched, Participant fresh) {}
}
