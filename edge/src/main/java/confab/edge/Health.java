package confab.edge;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.function.BooleanSupplier;

/// Answers `/healthz` (the process runs) and `/readyz` (the edge takes new connections).
final class Health {
  private enum State {
    STARTING,
    READY,
    DRAINING
  }

  private final BooleanSupplier busConnected;
  private volatile State state = State.STARTING;

  /// @param busConnected whether the bus is in reach; without it the edge is degraded and stays
  ///     ready
  Health(BooleanSupplier busConnected) {
    this.busConnected = busConnected;
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
          answer(exchange, StatusCodes.OK, busConnected.getAsBoolean() ? "ready\n" : "degraded\n");
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
