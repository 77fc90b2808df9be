package confab.edge.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.URLDecodingHandler;

/// Decodes addresses that a listener has left as they came, so that one which cannot be decoded is
/// answered as everything else is. Undertow itself would close the connection.
public final class DecodedPaths implements HttpHandler {
  private final URLDecodingHandler decoding = new URLDecodingHandler(_ -> {}, "UTF-8");
  private final HttpHandler next;
  private final HttpHandler unreadable;

  /// @param unreadable answers where the address cannot be decoded; it is then as it came
  public DecodedPaths(HttpHandler next, HttpHandler unreadable) {
    this.next = next;
    this.unreadable = unreadable;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    (decodes(exchange) ? next : unreadable).handleRequest(exchange);
  }

  private boolean decodes(HttpServerExchange exchange) throws Exception {
    try {
      decoding.handleRequest(exchange);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
