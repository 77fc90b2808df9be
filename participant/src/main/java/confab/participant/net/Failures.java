package confab.participant.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/// Says in a few words for a person why something was not reached.
public final class Failures {
  private Failures() {}

  /// Whether TLS was tried with somebody who has none.
  public static boolean speaksNoTls(Throwable cause) {
    return startsWith(cause, "Unsupported or unrecognized SSL");
  }

  private static boolean startsWith(Throwable cause, String words) {
    return cause.getMessage() != null && cause.getMessage().startsWith(words);
  }

  /// Libraries give some of these no message at all, and others several lines.
  public static String why(Throwable cause) {
    return switch (cause) {
      case UnknownHostException _, UnresolvedAddressException _ -> "unknown host";
      case SocketTimeoutException _, TimeoutException _ -> "no answer in time";
      case ConnectException refused when isRefusal(refused) -> "connection refused";
      case SSLException plain when speaksNoTls(plain) ->
          "it speaks no TLS: try http:// there, or the port for https";
      case IOException cut when startsWith(cut, "unexpected end of stream") ->
          "it ends the connection at once: https:// may be wanted there";
      default -> message(cause);
    };
  }

  /// OkHttp tells which address it tried last, and what the system said is a cause of that.
  private static boolean isRefusal(ConnectException failure) {
    Throwable root = failure.getCause() == null ? failure : failure.getCause();
    return String.valueOf(root.getMessage()).contains("refused");
  }

  private static String message(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
