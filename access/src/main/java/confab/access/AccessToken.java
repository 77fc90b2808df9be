package confab.access;

import confab.protocol.DisplayName;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import java.util.Optional;

/// What a token says that has been checked. Immutable.
///
/// @param user who the bearer is; empty for whoever has the link
/// @param name by which the bearer is shown; empty where it may choose
/// @param grant what the bearer may do in these rooms, and until when; verified where there is a
///     user
/// @param roomName what people call the room; of tokens for one room only
public record AccessToken(
    RoomPattern rooms,
    Optional<UserId> user,
    Optional<DisplayName> name,
    Grant grant,
    Optional<DisplayName> roomName) {

  /// @throws IllegalArgumentException when it names a room and is for several
  public AccessToken {
    if (roomName.isPresent() && !rooms.isOne()) {
      throw new IllegalArgumentException("only a token for one room names it");
    }
    grant = user.isPresent() ? grant.withVerified() : grant;
  }

  /// One that does not name its room.
  public AccessToken(
      RoomPattern rooms, Optional<UserId> user, Optional<DisplayName> name, Grant grant) {
    this(rooms, user, name, grant, Optional.empty());
  }
}
