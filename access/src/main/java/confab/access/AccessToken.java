package confab.access;

import confab.protocol.DisplayName;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import java.util.Optional;

/// What a token says that has been checked. Immutable.
///
/// @param user who the bearer is; empty for whoever has the link
/// @param name by which the bearer is shown; empty where it may choose
/// @param grant what the bearer may do in these rooms, and until when
public record AccessToken(
    RoomPattern rooms, Optional<UserId> user, Optional<DisplayName> name, Grant grant) {}
