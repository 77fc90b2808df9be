package confab.protocol;

import java.util.Optional;

/// What the others see of a participant: free text of 1 to [#MAX_CODE_POINTS] code points without
/// control characters, of which something is seen. It is never interpreted; whoever shows it
/// escapes it.
public record DisplayName(String value) {
  public static final int MAX_CODE_POINTS = 64;

  private static final PlainText RULES = new PlainText("A name", MAX_CODE_POINTS, false);

  /// Strips surrounding white space.
  ///
  /// @throws IllegalArgumentException when the rest is not allowed; ask [#fault] first where the
  ///     name comes from a participant
  public DisplayName {
    value = RULES.strip(value);
  }

  /// Which rule a name breaks, for the person who chose it; empty when it breaks none.
  public static Optional<String> fault(String text) {
    return RULES.fault(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
