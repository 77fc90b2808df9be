package confab.edge;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;

/// Whether the process lives (`/healthz`) and whether it takes new people (`/readyz`).
final class Health {
  private volatile boolean ready;

  void ready() {
    ready = true;
  }

  void draining() {
    ready = false;
  }

  void live(HttpServerExchange exchange) {
    answer(exchange, StatusCodes.OK, "ok\n");
  }

  void readiness(HttpServerExchange exchange) {
    if (ready) {
      answer(exchange, StatusCodes.OK, "ready\n");
    } else {
      answer(exchange, StatusCodes.SERVICE_UNAVAILABLE, "not ready\n");
    }
  }

  private static void answer(HttpServerExchange exchange, int status, String text) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
    exchange.getResponseSender().send(text);
  }
}
