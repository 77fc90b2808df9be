package confab.protocol;

/// The rules for text that people write to each other. Such text is never interpreted, and whoever
/// shows it escapes it. So only two things are forbidden: characters that no reader sees, and marks
/// that turn the direction of other text around.
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

  /// Whether `text` has at most `most` code points.
  static boolean isShort(String text, int codePoints) {
    // A code point is at most two chars: the first check keeps the second from walking long input.
    return text.length() <= 2 * codePoints && text.codePointCount(0, text.length()) <= codePoints;
  }
}
