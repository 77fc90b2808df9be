package confab.bus;

import confab.protocol.RoomId;

/// An address on the bus. All subjects there are get made in this file, once per room, never per
/// frame.
///
/// @param name `confab.room.<room>.<kind>`; a room id is always one legal token
public record Subject(String name) {
  /// Bundles of the room's frames.
  public static Subject media(RoomId room) {
    return new Subject("confab.room." + room.value() + ".media");
  }

  @Override
  public String toString() {
    return name;
  }
}
