package confab.room.grants;

import confab.protocol.DisplayName;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import java.util.Optional;

/// Reads the tokens that are shown by those who are in a room already.
@FunctionalInterface
public interface TokenReader {
  /// Where nobody is asked for a token.
  TokenReader NONE = (_, _, _) -> new Reading.Bad("No token is needed here.");

  /// What is found of a token.
  sealed interface Reading {
    /// @param name by which the bearer is shown; empty where it may choose
    record Good(Grant grant, Optional<DisplayName> name) implements Reading {}

    /// @param why a sentence for a person, with nothing that the token holds
    record Bad(String why) implements Reading {}
  }

  /// What the token grants this user in this room. May be called by any thread and does not throw.
  /// It takes some microseconds, or seconds while keys are fetched.
  Reading read(RoomId room, UserId user, String token);
}
