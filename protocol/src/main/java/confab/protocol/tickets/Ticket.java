package confab.protocol.tickets;

import confab.protocol.DisplayName;
import confab.protocol.RoomId;
import confab.protocol.RoomName;
import confab.protocol.SessionId;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import java.time.Instant;
import java.util.Optional;

/// What the session API has found out of somebody who showed a token: that the bearer may enter
/// this room as this user, once.
///
/// @param name empty where the bearer may choose
/// @param issued whole milliseconds
/// @param session the one that enters by it
/// @param roomName what the token calls the room; empty when it does not say
public record Ticket(
    RoomId room,
    UserId user,
    Optional<DisplayName> name,
    Grant grant,
    Instant issued,
    SessionId session,
    Optional<DisplayName> roomName) {

  /// The name of the room, as old as the token that gives it.
  public Optional<RoomName> namedRoom() {
    return roomName.map(text -> new RoomName(text, grant.issued()));
  }

  byte[] toBytes() {
    var wire =
        confab.protocol.wire.Ticket.newBuilder()
            .setRoom(room.value())
            .setUser(user.value())
            .setGrant(grant.toWire())
            .setIssued(issued.toEpochMilli())
            .setSession(session.value());
    name.ifPresent(it -> wire.setName(it.value()));
    roomName.ifPresent(it -> wire.setRoomName(it.value()));
    return wire.build().toByteArray();
  }

  /// @throws IllegalArgumentException when no edge writes such a one
  static Ticket fromWire(confab.protocol.wire.Ticket wire) {
    return new Ticket(
        new RoomId(wire.getRoom()),
        new UserId(wire.getUser()),
        name(wire.getName()),
        Grant.fromWire(wire.getGrant()),
        Instant.ofEpochMilli(wire.getIssued()),
        session(wire.getSession()),
        name(wire.getRoomName()));
  }

  /// Edges that know of no such ids leave them out: by their tickets any session enters.
  private static SessionId session(long wire) {
    return wire == 0 ? SessionId.random() : new SessionId(wire);
  }

  private static Optional<DisplayName> name(String wire) {
    return wire.isEmpty() ? Optional.empty() : Optional.of(new DisplayName(wire));
  }
}
