package confab.protocol;

/// What the others see of a participant: free text of 1 to [#MAX_CODE_POINTS] code points without
/// control characters. It is never interpreted; whoever shows it escapes it.
public record DisplayName(String value) {
  public static final int MAX_CODE_POINTS = 64;

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
    // A code point is at most two chars: the first check keeps the second from walking long input.
    return !stripped.isEmpty()
        && stripped.length() <= 2 * MAX_CODE_POINTS
        && stripped.codePointCount(0, stripped.length()) <= MAX_CODE_POINTS
        && stripped.codePoints().noneMatch(DisplayName::isForbidden);
  }

  /// Control characters, lone surrogates, and the marks that turn the direction of the text around
  /// a name (U+202A to U+202E, U+2066 to U+2069).
  private static boolean isForbidden(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }

  @Override
  public String toString() {
    return value;
  }
}
