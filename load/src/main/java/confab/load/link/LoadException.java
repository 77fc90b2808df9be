package confab.load.link;

import java.io.IOException;
import java.net.InetSocketAddress;

/// Says why a load cannot run. The message is one line for a person.
public final class LoadException extends IOException {
  private static final long serialVersionUID = 1;

  public LoadException(String message) {
    super(message);
  }

  static LoadException unreachable(String where, Throwable cause) {
    return new LoadException("cannot reach " + where + " (" + why(cause) + ")");
  }

  static LoadException notFrom(InetSocketAddress address, Throwable cause) {
    return new LoadException(
        "cannot come from " + address.getAddress().getHostAddress() + " (" + why(cause) + ")");
  }

  /// The first line of its message; some have none.
  public static String why(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
