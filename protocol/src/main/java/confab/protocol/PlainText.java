package confab.protocol;

import java.util.Locale;
import java.util.Optional;

/// The rules for text that people write to each other. Such text is never interpreted, and whoever
/// shows it escapes it. So only this is forbidden: characters that no reader sees, marks that turn
/// the direction of other text around, and a text of which nothing is seen at all.
///
/// @param subject what the text is, at the beginning of a sentence
/// @param most code points
/// @param lines whether there may be several
record PlainText(String subject, int most, boolean lines) {

  /// What is wrong with a text that somebody has written, for that person; empty when nothing is.
  Optional<String> fault(String text) {
    String stripped = text.strip();
    if (!isShort(stripped)) {
      return Optional.of(subject + " has at most " + most + " characters.");
    }
    if (!isClean(stripped)) {
      String others = lines ? "" : "line ends, ";
      return Optional.of(
          subject
              + " has no "
              + others
              + "control characters, or marks that turn the direction of text.");
    }
    return stripped.codePoints().anyMatch(PlainText::isVisible)
        ? Optional.empty()
        : Optional.of(subject + " needs a character that can be seen.");
  }

  /// Takes a text in. It may come from an edge of another version, whose whole message would be
  /// worth nothing without it: whether anything is seen of it is asked only of who writes it.
  ///
  /// @throws IllegalArgumentException when it breaks any other rule
  String strip(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty() || !isShort(stripped) || !isClean(stripped)) {
      throw new IllegalArgumentException("not allowed: " + subject.toLowerCase(Locale.ROOT));
    }
    return stripped;
  }

  private boolean isShort(String text) {
    // A code point is at most two chars: the first check keeps the second from walking long input.
    return text.length() <= 2 * most && text.codePointCount(0, text.length()) <= most;
  }

  private boolean isClean(String text) {
    return text.codePoints().noneMatch(each -> isForbidden(each) && !(lines && each == '\n'));
  }

  /// Control characters, lone surrogates, and the marks that turn the direction of the text around
  /// them (U+202A to U+202E, U+2066 to U+2069).
  private static boolean isForbidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isBetween(codePoint, 0x202A, 0x202E) || isBetween(codePoint, 0x2066, 0x2069);
    };
  }

  /// Whether it leaves anything to see: `golden/names.json` has the cases, for the page, too.
  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> !isFiller(codePoint);
    };
  }

  /// What Unicode lets fonts leave out (Default_Ignorable_Code_Point) and is not of type FORMAT,
  /// and the two that are drawn as nothing: Braille without dots, and a note without a head.
  private static boolean isFiller(int codePoint) {
    return switch (codePoint) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x2800, 0x3164, 0xFFA0, 0x1D159 -> true;
      default ->
          isBetween(codePoint, 0x180B, 0x180F)
              || isBetween(codePoint, 0xFE00, 0xFE0F)
              || isBetween(codePoint, 0xFFF0, 0xFFF8)
              || isBetween(codePoint, 0xE0000, 0xE0FFF);
    };
  }

  private static boolean isBetween(int codePoint, int first, int last) {
    return first <= codePoint && codePoint <= last;
  }
}
