package confab.protocol;

import java.util.regex.Pattern;

/// Says who a participant is. Not unique in a room: the same person may join twice.
public record UserId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /// @throws IllegalArgumentException when `value` is not of the form; ask [#isValid] first where
  ///     the text comes from outside
  public UserId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a user id");
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
