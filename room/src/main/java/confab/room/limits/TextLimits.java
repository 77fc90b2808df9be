package confab.room.limits;

import confab.frames.Rate;
import confab.protocol.ChatText;

/// How much may be written, and shown as reactions, in bytes. What one person writes costs as many
/// messages as there are listeners, so the room as a whole is limited besides everybody in it.
///
/// @param person of one person in a room
/// @param room of all who are in a room, on whatever edge
public record TextLimits(Rate person, Rate room) {
  /// What a word costs besides its text, so that many short ones are not for nothing.
  public static final int OVERHEAD = 32;

  /// The longest line costs so much: a burst that holds less would never let it pass.
  public static final int LONGEST = 4 * ChatText.MAX_CODE_POINTS + OVERHEAD;

  public TextLimits {
    if (person.burst() < LONGEST || room.burst() < LONGEST) {
      throw new IllegalArgumentException("a burst holds the longest line");
    }
  }
}
