package confab.protocol.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// What a text looks like: texts that cannot be told from each other by eye have one skeleton (UTS
/// #39 section 4). A skeleton is not for showing.
///
/// Capitals and runs of white space make no difference either, since a reader who skims a list of
/// names sees none.
public final class Skeleton {
  private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\p{Z}\\x{2800}]+");

  /// What each confusable character is taken for, as UTS #39 has it.
  private static final Map<Integer, String> PROTOTYPES = prototypes();

  private Skeleton() {}

  public static String of(String text) {
    // Twice: a capital may be taken for a small letter, and a small letter for several.
    String small = reduce(reduce(text).toLowerCase(Locale.ROOT));
    return WHITE_SPACE.matcher(small).replaceAll(" ").strip();
  }

  /// The skeleton as UTS #39 defines it.
  static String reduce(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
    var reduced = new StringBuilder();
    for (int at = 0, each; at < decomposed.length(); at += Character.charCount(each)) {
      each = decomposed.codePointAt(at);
      String prototype = PROTOTYPES.get(each);
      if (prototype != null) {
        reduced.append(prototype);
      } else if (!Characters.isIgnorable(each)) {
        reduced.appendCodePoint(each);
      }
    }
    return Normalizer.normalize(reduced, Normalizer.Form.NFD);
  }

  /// Each line has a prototype, a colon, and the characters that are taken for it, all in
  /// hexadecimal digits.
  private static Map<Integer, String> prototypes() {
    Map<Integer, String> prototypes = new HashMap<>();
    for (String line : lines()) {
      int colon = line.indexOf(':');
      if (colon > 0 && !line.startsWith("#")) {
        var prototype = new StringBuilder();
        for (String each : line.substring(0, colon).split(" ")) {
          prototype.appendCodePoint(Integer.parseInt(each, 16));
        }
        String shared = prototype.toString();
        for (String each : line.substring(colon + 2).split(" ")) {
          prototypes.put(Integer.parseInt(each, 16), shared);
        }
      }
    }
    return prototypes;
  }

  private static String[] lines() {
    try (var file = Skeleton.class.getResourceAsStream("confusables.txt")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.US_ASCII)
          .split("\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
