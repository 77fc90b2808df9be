package confab.protocol;

/// What a participant writes to everybody in the room: 1 to [#MAX_CODE_POINTS] code points, lines
/// included, without other control characters. It is never interpreted; whoever shows it escapes
/// it.
public record ChatText(String value) {
  public static final int MAX_CODE_POINTS = 1000;

  /// Strips surrounding white space.
  ///
  /// @throws IllegalArgumentException when the rest is not allowed; ask [#isValid] first where the
  ///     text comes from outside
  public ChatText {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a chat text");
    }
    value = value.strip();
  }

  public static boolean isValid(String text) {
    String stripped = text.strip();
    return !stripped.isEmpty()
        && PlainText.isShort(stripped, MAX_CODE_POINTS)
        && stripped.codePoints().noneMatch(each -> each != '\n' && PlainText.isForbidden(each));
  }

  @Override
  public String toString() {
    return value;
  }
}
