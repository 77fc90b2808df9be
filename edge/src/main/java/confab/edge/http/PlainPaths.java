package confab.edge.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.URLDecodingHandler;

/// Lets through what proxies and the edge read in the same way: addresses that decode, without path
/// parameters, which Undertow takes out (`/metrics;x` would be `/metrics` here, and something else
/// to the rules of a proxy).
///
/// Listeners have left the addresses as they came, so that one which cannot be decoded is answered
/// as everything else is. Undertow itself would close the connection.
public final class PlainPaths implements HttpHandler {
  private final URLDecodingHandler decoding = new URLDecodingHandler(_ -> {}, "UTF-8");
  private final HttpHandler next;
  private final HttpHandler unreadable;

  /// @param unreadable answers where the address is none of ours; what cannot be decoded is then as
  ///     it came
  public PlainPaths(HttpHandler next, HttpHandler unreadable) {
    this.next = next;
    this.unreadable = unreadable;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    boolean plain = exchange.getRequestURI().indexOf(';') < 0 && decodes(exchange);
    (plain ? next : unreadable).handleRequest(exchange);
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
