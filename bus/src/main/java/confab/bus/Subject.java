package confab.bus;

import confab.protocol.RoomId;

/// An address on the bus. All subjects are made in this file, once per room, never per frame.
/// Messages are published on `<name>.<channel>`.
///
/// @param name `confab.room.<room>`, `confab.edges` or `confab.revocations`; a room id is always
///     one legal token
public record Subject(String name) {
  /// What concerns one room: bundles of its frames, and who is in it.
  public static Subject room(RoomId room) {
    return new Subject("confab.room." + room.value());
  }

  /// What concerns all edges: where they are.
  public static Subject edges() {
    return new Subject("confab.edges");
  }

  /// What was granted and is taken back, which all edges have to know.
  public static Subject revocations() {
    return new Subject("confab.revocations");
  }

  @Override
  public String toString() {
    return name;
  }
}
