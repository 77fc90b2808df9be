package confab.edge.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;

/// Lets only those through who dial the edge themselves. A proxy that shows the edge below a
/// folder, and takes the folder off, would show what is at the root as well; every proxy says for
/// whom it asks.
public final class DirectOnly implements HttpHandler {
  private final HttpHandler next;

  public DirectOnly(HttpHandler next) {
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    var headers = exchange.getRequestHeaders();
    boolean forwarded =
        headers.contains(Headers.X_FORWARDED_FOR) || headers.contains(new HttpString("Forwarded"));
    if (forwarded) {
      JsonErrors.notFound(exchange);
    } else {
      next.handleRequest(exchange);
    }
  }
}
