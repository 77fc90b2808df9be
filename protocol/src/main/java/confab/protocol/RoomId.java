package confab.protocol;

import java.util.regex.Pattern;

/// Names a room. The form is such that it is always one legal token of a bus subject and one legal
/// path segment, so nothing that holds a `RoomId` needs to escape it.
public record RoomId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  /// @throws IllegalArgumentException when `value` is not of the form; ask [#isValid] first where
  ///     the text comes from outside
  public RoomId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a room id");
    }
  }

  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
