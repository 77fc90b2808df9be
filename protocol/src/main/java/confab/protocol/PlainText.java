package confab.protocol;

/// What people write to each other is never interpreted; whoever shows it escapes it. What is left
/// to forbid is what no reader sees and what turns other text around.
final class PlainText {
  private PlainText() {}

  /// Control characters, lone surrogates, and the marks that turn the direction of the text around
  /// them (U+202A to U+202E, U+2066 to U+2069).
  static boolean isForbidden(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }

  /// Whether it has at most so many code points.
  static boolean isShort(String text, int codePoints) {
    // A code point is at most two chars: the first check keeps the second from walking long input.
    return text.length() <= 2 * codePoints && text.codePointCount(0, text.length()) <= codePoints;
  }
}
