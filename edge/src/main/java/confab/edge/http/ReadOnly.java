package confab.edge.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;

/// Lets nothing but GET and HEAD through to what can only be read.
public final class ReadOnly implements HttpHandler {
  private final HttpHandler next;

  public ReadOnly(HttpHandler next) {
    this.next = next;
  }

  public static boolean isRead(HttpServerExchange exchange) {
    return exchange.getRequestMethod().equals(Methods.GET)
        || exchange.getRequestMethod().equals(Methods.HEAD);
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (isRead(exchange)) {
      next.handleRequest(exchange);
      return;
    }
    exchange.getResponseHeaders().put(Headers.ALLOW, "GET, HEAD");
    JsonErrors.refuse(exchange, 405, "method_not_allowed", "This address can only be read.");
  }
}
