package confab.participant;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.OptionalInt;
import javax.net.ssl.SSLException;

/// A room could not be joined. The message is one line for a person; [#error] and [#status] are for
/// programs.
public final class JoinException extends IOException {
  private static final long serialVersionUID = 1;

  /// The code for everything that is not an answer of the edge.
  public static final String UNREACHABLE = "unreachable";

  /// The code when the answer came with a certificate that is not trusted, or without TLS.
  public static final String UNTRUSTED = "untrusted";

  private static final int NO_STATUS = 0;

  private final String error;
  private final int status;

  JoinException(String error, String message) {
    this(error, message, NO_STATUS);
  }

  JoinException(String error, String message, int status) {
    super(message);
    this.error = error;
    this.status = status;
  }

  static JoinException unreachable(String where, Throwable cause) {
    String error = cause instanceof SSLException ? UNTRUSTED : UNREACHABLE;
    return new JoinException(error, "cannot reach " + where + " (" + why(cause) + ")");
  }

  /// An answer that says nothing but its status.
  static JoinException refused(URI url, int status) {
    return new JoinException("http_" + status, url + " answers with status " + status, status);
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

  /// [#UNREACHABLE] or [#UNTRUSTED]; or the code of `docs/PROTOCOL.md` section 2.2 with which the
  /// edge refused, or `http_` and a status when it gave no code.
  public String error() {
    return error;
  }

  /// The edge answered, and the answer was no.
  public boolean isRefusal() {
    return status != NO_STATUS;
  }

  /// The HTTP status of that answer; empty when there was none.
  public OptionalInt status() {
    return isRefusal() ? OptionalInt.of(status) : OptionalInt.empty();
  }
}
