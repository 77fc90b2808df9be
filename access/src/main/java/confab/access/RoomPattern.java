package confab.access;

import confab.protocol.RoomId;

/// The rooms of a token: one (`standup`), those that begin alike (`team-*`) or all (`*`).
/// Immutable.
public record RoomPattern(String text) {
  private static final String ANY = "*";

  /// @throws IllegalArgumentException when no room can be meant
  public RoomPattern {
    boolean open = text.endsWith(ANY);
    String fixed = open ? text.substring(0, text.length() - 1) : text;
    // Whatever a beginning is followed by makes a room id, unless it is full.
    if (!(open && fixed.isEmpty()) && !RoomId.isValid(fixed)) {
      throw new IllegalArgumentException("'" + text + "' is no room and no beginning of rooms");
    }
  }

  public boolean isAny() {
    return text.equals(ANY);
  }

  public boolean contains(RoomId room) {
    return text.endsWith(ANY)
        ? room.value().startsWith(text.substring(0, text.length() - 1))
        : room.value().equals(text);
  }
}
