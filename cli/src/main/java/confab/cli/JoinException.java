package confab.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;

/// A room could not be joined. The message is one line for a person.
public final class JoinException extends IOException {
  private static final long serialVersionUID = 1;

  /// The code for everything that is not an answer of the edge.
  public static final String UNREACHABLE = "unreachable";

  private final String error;

  JoinException(String error, String message) {
    super(message);
    this.error = error;
  }

  static JoinException unreachable(String where, Throwable cause) {
    return new JoinException(UNREACHABLE, "cannot reach " + where + " (" + why(cause) + ")");
  }

  /// The JDK gives some of these no message at all, and others several lines.
  private static String why(Throwable cause) {
    String message = cause.getMessage();
    if (message != null && !message.isBlank()) {
      return message.lines().findFirst().orElse("");
    }
    return switch (cause) {
      case HttpTimeoutException _ -> "no answer in time";
      case ConnectException _ -> "connection refused";
      case UnresolvedAddressException _ -> "unknown host";
      default -> cause.getClass().getSimpleName();
    };
  }

  /// [#UNREACHABLE], or the code of `docs/PROTOCOL.md` section 2.2 with which the edge refused, or
  /// `http_` and a status when it gave no code.
  public String error() {
    return error;
  }

  /// The edge answered, and the answer was no.
  public boolean isRefusal() {
    return !error.equals(UNREACHABLE);
  }
}
