package confab.edge.http;

import confab.room.Admission.Refused;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.time.Duration;

/// How an error looks in HTTP: `{"error", "message"}` (`docs/PROTOCOL.md` section 2.2), whether the
/// API says so, a page or the WebSocket end point. Used on any thread that owns the exchange, which
/// ends.
public final class JsonErrors {
  private record ErrorAnswer(String error, String message) {}

  static final String NOTHING_HERE = "There is nothing at this address.";

  private JsonErrors() {}

  /// Says who may not come in why, when to ask again, and what to show (RFC 9110 §15.5.2).
  public static void refuse(HttpServerExchange exchange, Refused refused) {
    if (refused.status() == StatusCodes.UNAUTHORIZED) {
      exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, Bearer.SCHEME);
    }
    if (refused.retryAfter().isPositive()) {
      exchange.getResponseHeaders().put(Headers.RETRY_AFTER, refused.retryAfter().toSeconds());
    }
    ErrorAnswer answer = new ErrorAnswer(refused.error(), refused.message());
    JsonAnswers.send(exchange, refused.status(), answer);
  }

  public static void notFound(HttpServerExchange exchange) {
    refuse(exchange, 404, "not_found", NOTHING_HERE);
  }

  /// @param error a code of `docs/PROTOCOL.md` section 2.2
  /// @param message for a person
  public static void refuse(HttpServerExchange exchange, int status, String error, String message) {
    refuse(exchange, new Refused(status, error, message, Duration.ZERO));
  }
}
