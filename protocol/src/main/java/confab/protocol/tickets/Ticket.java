package confab.protocol.tickets;

import confab.protocol.DisplayName;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import java.time.Instant;
import java.util.Optional;

/// What the session API has found out of somebody who showed a token: that the bearer may enter
/// this room as this user.
///
/// @param name empty where the bearer may choose
/// @param issued whole milliseconds
public record Ticket(
    RoomId room, UserId user, Optional<DisplayName> name, Grant grant, Instant issued) {
  byte[] toBytes() {
    var wire =
        confab.protocol.wire.Ticket.newBuilder()
            .setRoom(room.value())
            .setUser(user.value())
            .setGrant(grant.toWire())
            .setIssued(issued.toEpochMilli());
    name.ifPresent(it -> wire.setName(it.value()));
    return wire.build().toByteArray();
  }

  /// @throws IllegalArgumentException when no edge writes such a one
  static Ticket fromWire(confab.protocol.wire.Ticket wire) {
    return new Ticket(
        new RoomId(wire.getRoom()),
        new UserId(wire.getUser()),
        wire.getName().isEmpty() ? Optional.empty() : Optional.of(new DisplayName(wire.getName())),
        Grant.fromWire(wire.getGrant()),
        Instant.ofEpochMilli(wire.getIssued()));
  }
}
