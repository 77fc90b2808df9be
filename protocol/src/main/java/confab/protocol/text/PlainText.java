package confab.protocol.text;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The rules for text that people write to each other. Such text is never interpreted, and whoever
/// shows it escapes it. So only this is forbidden: characters that no reader sees, marks that turn
/// the direction of other text around, marks without a letter below them or in heaps, and a text of
/// which nothing is seen at all. `golden/names.json` has the cases, for the page, too.
///
/// @param subject what the text is, at the beginning of a sentence
/// @param most code points
/// @param lines whether there may be several
/// @param marks how many combining marks may stand on one letter
public record PlainText(String subject, int most, boolean lines, int marks) {
  /// A flag of a part of a country, such as Wales: the only emoji that tag characters belong to
  /// (UTS #51, `emoji_tag_sequence`).
  private static final Pattern FLAG =
      Pattern.compile(
          "\\x{1F3F4}[\\x{E0061}-\\x{E007A}]{2}"
              + "[\\x{E0030}-\\x{E0039}\\x{E0061}-\\x{E007A}]{1,4}\\x{E007F}");

  /// What is wrong with a text that somebody has written, for that person; empty when nothing is.
  public Optional<String> fault(String text) {
    String stripped = text.strip();
    if (!isShort(stripped)) {
      return because(" has at most " + most + " characters.");
    }
    if (!isClean(stripped)) {
      String others = lines ? "" : "line ends, ";
      return because(
          " has no " + others + "control characters, or marks that turn the direction of text.");
    }
    if (stripped.codePoints().noneMatch(Characters::isBase)) {
      return because(" needs a character that can be seen.");
    }
    if (beginsWithMark(stripped)) {
      return because(" begins with no mark that belongs to another character.");
    }
    if (isPiled(stripped)) {
      return because(" has at most " + marks + " marks on one character.");
    }
    return FLAG.matcher(stripped).replaceAll("").codePoints().anyMatch(Characters::isTag)
        ? because(" has no tag characters but those of flags.")
        : Optional.empty();
  }

  private Optional<String> because(String rule) {
    return Optional.of(subject + rule);
  }

  /// Takes a text in. It may come from an edge of another version, whose whole message would be
  /// worth nothing without it: how it is seen is asked only of who writes it.
  ///
  /// @throws IllegalArgumentException when it is too long, or has forbidden characters
  public String strip(String text) {
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
    return text.codePoints()
        .noneMatch(each -> Characters.isForbidden(each) && !(lines && each == '\n'));
  }

  private static boolean beginsWithMark(String text) {
    return text.codePoints()
        .filter(each -> !Characters.isUnseen(each))
        .limit(1)
        .anyMatch(Characters::isMark);
  }

  private boolean isPiled(String text) {
    int run = 0;
    for (int each : (Iterable<Integer>) text.codePoints()::iterator) {
      if (Characters.isStacked(each)) {
        run++;
      } else if (!Characters.isAttached(each)) {
        run = 0;
      }
      if (run > marks) {
        return true;
      }
    }
    return false;
  }
}
