package confab.edge;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.Optional;
import java.util.function.Supplier;

/// Answers `/healthz` (the process runs) and `/readyz` (the edge takes new connections).
final class Health {
  private enum State {
    STARTING,
    READY,
    DRAINING
  }

  private final Supplier<Optional<String>> fault;
  private volatile State state = State.STARTING;

  /// @param fault what keeps this edge from the others; with it the edge is degraded and stays
  ///     ready
  Health(Supplier<Optional<String>> fault) {
    this.fault = fault;
  }

  void ready() {
    state = State.READY;
  }

  void draining() {
    state = State.DRAINING;
  }

  boolean isReady() {
    return state == State.READY;
  }

  void live(HttpServerExchange exchange) {
    answer(exchange, StatusCodes.OK, "ok\n");
  }

  void readiness(HttpServerExchange exchange) {
    switch (state) {
      case STARTING -> answer(exchange, StatusCodes.SERVICE_UNAVAILABLE, "starting\n");
      case DRAINING -> answer(exchange, drainingStatus(exchange), "draining\n");
      case READY ->
          answer(
              exchange,
              StatusCodes.OK,
              fault.get().map(what -> "degraded: " + what + "\n").orElse("ready\n"));
    }
  }

  /// HAProxy cuts the connections of a server whose check fails, but leaves them, and sends no new
  /// ones, on a 404 (`http-check disable-on-404`); `/readyz?drain=404` is for that.
  private static int drainingStatus(HttpServerExchange exchange) {
    return exchange.getQueryString().equals("drain=404")
        ? StatusCodes.NOT_FOUND
        : StatusCodes.SERVICE_UNAVAILABLE;
  }

  private static void answer(HttpServerExchange exchange, int status, String text) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
    exchange.getResponseSender().send(text);
  }
}
