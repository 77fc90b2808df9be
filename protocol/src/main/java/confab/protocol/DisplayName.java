package confab.protocol;

import confab.protocol.text.PlainText;
import confab.protocol.text.Skeleton;
import java.util.Optional;

/// What the others see of a participant: free text of 1 to [#MAX_CODE_POINTS] code points without
/// control characters, of which something is seen. It is never interpreted; whoever shows it
/// escapes it.
public record DisplayName(String value) {
  public static final int MAX_CODE_POINTS = 64;

  // Living scripts need two or three.
  private static final int MAX_MARKS = 4;

  private static final PlainText RULES = new PlainText("A name", MAX_CODE_POINTS, false, MAX_MARKS);

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

  /// The same for names that cannot be told from each other by eye; not for showing.
  public String skeleton() {
    return Skeleton.of(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
