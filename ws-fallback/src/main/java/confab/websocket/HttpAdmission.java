package confab.websocket;

import com.google.gson.JsonObject;
import confab.room.Admission.Refused;
import confab.room.JoinRequest;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.Objects;

/// How asking to join, and being refused, look in HTTP (`docs/PROTOCOL.md` sections 2.1 and 2.2).
/// Used on any thread that owns the exchange.
public final class HttpAdmission {
  private HttpAdmission() {}

  /// The join that a request asks for, as it came. The address is that of the socket: headers that
  /// claim another one are not believed.
  public static JoinRequest request(HttpServerExchange exchange) {
    return JoinRequest.of(
        exchange.getQueryString(),
        exchange.getSourceAddress().getAddress(),
        Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(Headers.HOST), ""),
        exchange.getRequestHeaders().getFirst(Headers.ORIGIN));
  }

  /// Answers with the refusal's status and `{"error", "message"}`, and ends the exchange.
  public static void refuse(HttpServerExchange exchange, Refused refused) {
    JsonObject body = new JsonObject();
    body.addProperty("error", refused.error());
    body.addProperty("message", refused.message());
    exchange.setStatusCode(refused.status());
    if (refused.retryAfter().isPositive()) {
      exchange
          .getResponseHeaders()
          .put(Headers.RETRY_AFTER, Long.toString(refused.retryAfter().toSeconds()));
    }
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
    exchange.getResponseSender().send(body.toString());
  }
}
