package confab.protocol.grants;

import confab.protocol.text.PlainText;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a token says of its bearer for everybody in the room to see, such as a role or a picture:
/// at most [#MAX_ENTRIES] texts by their names. Edges pass them on and read nothing into them.
/// Immutable.
///
/// Bound: [#MAX_BYTES], since they are part of a ticket, which is part of an address.
///
/// @param values in the order of their names; a name has 1 to 64 letters, digits, dots, dashes and
///     underscores, a text 1 to [#MAX_CODE_POINTS] code points by the rules of display names
public record Attributes(SortedMap<String, String> values) {
  public static final int MAX_ENTRIES = 16;
  public static final int MAX_CODE_POINTS = 256;

  /// Of all names and texts together, in UTF-8.
  public static final int MAX_BYTES = 512;

  public static final Attributes NONE = new Attributes(new TreeMap<>());

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int MAX_MARKS = 4;
  private static final PlainText TEXT =
      new PlainText("The text of an attribute", MAX_CODE_POINTS, false, MAX_MARKS);

  /// Strips white space around the texts.
  ///
  /// @throws IllegalArgumentException when they are not allowed; ask [#fault] first where they come
  ///     from a token
  public Attributes {
    SortedMap<String, String> stripped = new TreeMap<>();
    values.forEach((name, text) -> stripped.put(name, TEXT.strip(text)));
    Optional<String> fault = shapeFault(stripped);
    if (fault.isPresent()) {
      throw new IllegalArgumentException(fault.get());
    }
    values = Collections.unmodifiableSortedMap(stripped);
  }

  /// @throws IllegalArgumentException as the constructor does
  public static Attributes of(Map<String, String> values) {
    return values.isEmpty() ? NONE : new Attributes(new TreeMap<>(values));
  }

  /// Which rule they break, in a sentence for who makes tokens; empty when they break none.
  public static Optional<String> fault(Map<String, String> values) {
    return shapeFault(values)
        .or(() -> values.values().stream().flatMap(text -> TEXT.fault(text).stream()).findFirst());
  }

  private static Optional<String> shapeFault(Map<String, String> values) {
    if (values.size() > MAX_ENTRIES) {
      return Optional.of("There are at most " + MAX_ENTRIES + " attributes.");
    }
    if (!values.keySet().stream().allMatch(name -> NAME.matcher(name).matches())) {
      return Optional.of(
          "The name of an attribute has 1 to 64 letters, digits, dots, dashes and underscores.");
    }
    return values.entrySet().stream().mapToInt(Attributes::bytes).sum() > MAX_BYTES
        ? Optional.of("Attributes have at most " + MAX_BYTES + " bytes in all.")
        : Optional.empty();
  }

  private static int bytes(Map.Entry<String, String> entry) {
    return entry.getKey().length() + entry.getValue().getBytes(StandardCharsets.UTF_8).length;
  }
}
