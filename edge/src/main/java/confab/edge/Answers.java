package confab.edge;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import confab.room.Admission.Refused;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.time.Duration;

/// How answers in JSON look, errors above all (`docs/PROTOCOL.md` section 2.1). Each ends its
/// exchange; used on any thread that owns one.
final class Answers {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private record ErrorAnswer(String error, String message) {}

  private Answers() {}

  /// @param answer its fields are those of the JSON
  static void send(HttpServerExchange exchange, int status, Record answer) {
    sendJson(exchange, status, GSON.toJson(answer));
  }

  static void sendJson(HttpServerExchange exchange, int status, String json) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
    exchange.getResponseSender().send(json);
  }

  /// Says who may not come in why, and when to ask again.
  static void refuse(HttpServerExchange exchange, Refused refused) {
    if (refused.retryAfter().isPositive()) {
      exchange.getResponseHeaders().put(Headers.RETRY_AFTER, refused.retryAfter().toSeconds());
    }
    send(exchange, refused.status(), new ErrorAnswer(refused.error(), refused.message()));
  }

  /// @param error a code of `docs/PROTOCOL.md` section 2.2
  /// @param message for a person
  static void refuse(HttpServerExchange exchange, int status, String error, String message) {
    refuse(exchange, new Refused(status, error, message, Duration.ZERO));
  }
}
