package confab.protocol;

import java.util.Optional;

/// What a participant writes to everybody in the room: 1 to [#MAX_CODE_POINTS] code points, lines
/// included, without other control characters. It is never interpreted; whoever shows it escapes
/// it.
public record ChatText(String value) {
  public static final int MAX_CODE_POINTS = 1000;

  private static final PlainText RULES = new PlainText("A message", MAX_CODE_POINTS, true);

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
