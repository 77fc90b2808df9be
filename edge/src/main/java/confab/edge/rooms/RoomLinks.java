package confab.edge.rooms;

import confab.access.AccessToken;
import confab.access.RoomPattern;
import confab.access.TokenMaker;
import confab.edge.access.AccessConfig;
import confab.protocol.DisplayName;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The ways into a room, for whoever makes it and for guests. What a link grants is signed and
/// stands in the link, so no edge keeps whose a room is. Thread-safe.
public final class RoomLinks {
  private static final Set<Right> OF_GUESTS = EnumSet.range(Right.JOIN, Right.NAME);

  private final AccessConfig config;
  private final TokenMaker hosts;
  private final TokenMaker guests;
  private final String basePath;
  private final InstantSource clock;

  /// @param hosts makes tokens that all edges take
  /// @param guests likewise, where guests may enter
  /// @param basePath below which people see this edge
  public RoomLinks(
      AccessConfig config,
      TokenMaker hosts,
      TokenMaker guests,
      String basePath,
      InstantSource clock) {
    this.config = config;
    this.hosts = hosts;
    this.guests = guests;
    this.basePath = basePath;
    this.clock = clock;
  }

  /// The link of who makes a room; whoever has it is a host there.
  ///
  /// @param name of the room; empty for none
  /// @param maker the only one for whom it is, and how they are shown; empty where nobody is known
  String host(RoomId room, Optional<DisplayName> name, Optional<AccessToken> maker) {
    Optional<AccessToken> known = maker.filter(it -> it.user().isPresent());
    Optional<DisplayName> shown = known.flatMap(AccessToken::name);
    Set<Right> rights = EnumSet.copyOf(OF_GUESTS);
    rights.add(Right.HOST);
    if (shown.isPresent()) {
      rights.remove(Right.NAME);
    }
    return link(
        room, hosts.make(token(room, name, known.flatMap(AccessToken::user), shown, rights)));
  }

  /// The link by which others enter: where nobody is asked for a token the room alone. Empty where
  /// guests may not.
  Optional<String> guest(RoomId room, Optional<DisplayName> name) {
    if (!config.tokensOnly()) {
      return Optional.of(path(room));
    }
    return config.links().guests()
        ? Optional.of(
            link(
                room,
                guests.make(token(room, name, Optional.empty(), Optional.empty(), OF_GUESTS))))
        : Optional.empty();
  }

  private AccessToken token(
      RoomId room,
      Optional<DisplayName> roomName,
      Optional<UserId> user,
      Optional<DisplayName> userName,
      Set<Right> rights) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    return new AccessToken(
        new RoomPattern(room.value()),
        user,
        userName,
        new Grant(rights, now.plus(config.links().lifetime()), UUID.randomUUID().toString(), now),
        roomName);
  }

  private String link(RoomId room, String token) {
    return path(room) + "#t=" + token;
  }

  private String path(RoomId room) {
    return basePath + "/meeting/" + room.value();
  }
}
