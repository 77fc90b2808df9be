package confab.protocol;

import java.time.Instant;

/// What a token calls the room. Of two the one of the later token counts, and then the greater
/// text: edges that hear them in any order come to the same.
///
/// @param issued when the token was made; [Instant#EPOCH] when it does not say; whole milliseconds
public record RoomName(DisplayName text, Instant issued) {
  public boolean isLaterThan(RoomName other) {
    int times = issued.compareTo(other.issued);
    return times != 0 ? times > 0 : text.value().compareTo(other.text.value()) > 0;
  }

  static RoomName fromWire(confab.protocol.wire.RoomName wire) {
    return new RoomName(new DisplayName(wire.getText()), Instant.ofEpochMilli(wire.getIssued()));
  }

  confab.protocol.wire.RoomName toWire() {
    return confab.protocol.wire.RoomName.newBuilder()
        .setText(text.value())
        .setIssued(issued.toEpochMilli())
        .build();
  }
}
