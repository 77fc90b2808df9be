package confab.protocol.text;

/// What becomes of a code point where text is drawn, by its Unicode properties.
final class Characters {
  private Characters() {}

  /// Control characters, lone surrogates, and the marks that turn the direction of the text around
  /// them (U+202A to U+202E, U+2066 to U+2069).
  static boolean isForbidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isBetween(codePoint, 0x202A, 0x202E) || isBetween(codePoint, 0x2066, 0x2069);
    };
  }

  /// Whether it leaves something to see that needs no other character.
  static boolean isBase(int codePoint) {
    return !isUnseen(codePoint) && !isMark(codePoint);
  }

  /// A combining mark: it is drawn on, or beside, the character before it.
  static boolean isMark(int codePoint) {
    return isStacked(codePoint) || Character.getType(codePoint) == Character.COMBINING_SPACING_MARK;
  }

  /// A combining mark that takes no place of its own, so that many of them make a heap.
  static boolean isStacked(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> !isIgnorable(codePoint);
      default -> false;
    };
  }

  /// Whether the marks behind it still stand on the character before it.
  static boolean isAttached(int codePoint) {
    return isMark(codePoint)
        || isIgnorable(codePoint)
        || Character.getType(codePoint) == Character.FORMAT;
  }

  /// White space, what steers other characters, and what is drawn as nothing: besides what fonts
  /// leave out these are Braille without dots and a note without a head.
  static boolean isUnseen(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isIgnorable(codePoint) || codePoint == 0x2800 || codePoint == 0x1D159;
    };
  }

  /// What Unicode lets fonts leave out (Default_Ignorable_Code_Point); the JDK does not know it.
  static boolean isIgnorable(int codePoint) {
    return switch (codePoint) {
      case 0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0 -> true;
      default ->
          isBetween(codePoint, 0x180B, 0x180F)
              || isBetween(codePoint, 0x200B, 0x200F)
              || isBetween(codePoint, 0x202A, 0x202E)
              || isBetween(codePoint, 0x2060, 0x206F)
              || isBetween(codePoint, 0xFE00, 0xFE0F)
              || isBetween(codePoint, 0xFFF0, 0xFFF8)
              || isBetween(codePoint, 0x1BCA0, 0x1BCA3)
              || isBetween(codePoint, 0x1D173, 0x1D17A)
              || isBetween(codePoint, 0xE0000, 0xE0FFF);
    };
  }

  /// Letters that nobody sees, which only flags are made of.
  static boolean isTag(int codePoint) {
    return isBetween(codePoint, 0xE0000, 0xE007F);
  }

  private static boolean isBetween(int codePoint, int first, int last) {
    return first <= codePoint && codePoint <= last;
  }
}
