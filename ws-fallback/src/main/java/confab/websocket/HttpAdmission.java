package confab.websocket;

import confab.room.JoinRequest;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.Objects;

/// How asking to join looks in HTTP (`docs/PROTOCOL.md` sections 2.1 and 2.2). Used on any thread
/// that owns the exchange.
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
}
