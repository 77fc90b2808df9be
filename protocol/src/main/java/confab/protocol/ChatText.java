package confab.protocol;

import confab.protocol.text.PlainText;
import java.util.Optional;

/// What a participant writes to everybody in the room: 1 to [#MAX_CODE_POINTS] code points, lines
/// included, without other control characters. It is never interpreted; whoever shows it escapes
/// it.
public record ChatText(String value) {
  public static final int MAX_CODE_POINTS = 1000;

  // Living scripts need two or three; vocalised and cantillated Hebrew needs five.
  private static final int MAX_MARKS = 8;

  private static final PlainText RULES =
      new PlainText("A message", MAX_CODE_POINTS, true, MAX_MARKS);

  /// Strips surrounding white space.
  ///
  /// @throws IllegalArgumentException when the rest is not allowed; ask [#fault] first where the
  ///     text comes from a participant
  public ChatText {
    value = RULES.strip(value);
  }

  /// Which rule a text breaks, for the person who wrote it; empty when it breaks none.
  public static Optional<String> fault(String text) {
    return RULES.fault(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
