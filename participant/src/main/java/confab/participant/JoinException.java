package confab.participant;

import confab.participant.net.Failures;
import java.io.IOException;
import java.util.OptionalInt;
import javax.net.ssl.SSLException;

/// A room could not be joined. The message is one line for a person; [#error] and [#status] are for
/// programs.
public final class JoinException extends IOException {
  private static final long serialVersionUID = 1;

  /// The code for everything that is not an answer of the edge.
  public static final String UNREACHABLE = "unreachable";

  /// The code when the answer came with a certificate that is not trusted.
  public static final String UNTRUSTED = "untrusted";

  /// The code when there was no token to show.
  public static final String NO_TOKEN = "no_token";

  /// The code when the user has as many sessions in the room as the token allows.
  public static final String TOO_MANY_SESSIONS = "too_many_sessions";

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
    boolean untrusted = cause instanceof SSLException && !Failures.speaksNoTls(cause);
    return new JoinException(
        untrusted ? UNTRUSTED : UNREACHABLE,
        "cannot reach " + where + " (" + Failures.why(cause) + ")");
  }

  /// An answer that says nothing but its status.
  ///
  /// @param where who gave it
  static JoinException refused(Object where, int status) {
    return new JoinException("http_" + status, where + " answers with status " + status, status);
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
