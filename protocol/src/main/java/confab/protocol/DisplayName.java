package confab.protocol;

/// What the others see of a participant: free text of 1 to [#MAX_CODE_POINTS] code points without
/// control characters. It is never interpreted; whoever shows it escapes it.
public record DisplayName(String value) {
  public static final int MAX_CODE_POINTS = 64;

  /// For a person whose name is not valid.
  public static final String RULE =
      "A name has 1 to " + MAX_CODE_POINTS + " characters and no control characters.";

  /// Strips surrounding white space.
  ///
  /// @throws IllegalArgumentException when the rest is not allowed; ask [#isValid] first where the
  ///     text comes from outside
  public DisplayName {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a display name");
    }
    value = value.strip();
  }

  public static boolean isValid(String text) {
    String stripped = text.strip();
    return !stripped.isEmpty()
        && PlainText.isShort(stripped, MAX_CODE_POINTS)
        && stripped.codePoints().noneMatch(PlainText::isForbidden);
  }

  @Override
  public String toString() {
    return value;
  }
}
