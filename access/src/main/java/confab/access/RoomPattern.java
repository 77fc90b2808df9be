package confab.access;

import confab.protocol.RoomId;

/// The rooms of a token: one (`standup`), those that begin alike (`team-*`) or all (`*`).
/// Immutable.
public record RoomPattern(String text) {
  private static final String ANY = "*";

  /// All rooms.
  public static final RoomPattern ALL = new RoomPattern(ANY);

  /// @throws IllegalArgumentException when no room can be meant
  public RoomPattern {
    String fixed = fixed(text);
    // Whatever a beginning is followed by makes a room id, unless it is full.
    if (!text.equals(ANY) && !RoomId.isValid(fixed)) {
      throw new IllegalArgumentException("'" + text + "' is no room and no beginning of rooms");
    }
  }

  public boolean isAny() {
    return text.equals(ANY);
  }

  /// Whether one room alone is meant.
  public boolean isOne() {
    return !text.endsWith(ANY);
  }

  public boolean contains(RoomId room) {
    String fixed = fixed(text);
    return room.value().startsWith(fixed) && (text.endsWith(ANY) || room.value().equals(fixed));
  }

  /// What every room of it begins with.
  private static String fixed(String text) {
    return text.endsWith(ANY) ? text.substring(0, text.length() - ANY.length()) : text;
  }
}
