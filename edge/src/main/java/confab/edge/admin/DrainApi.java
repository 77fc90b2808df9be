package confab.edge.admin;

import confab.edge.http.JsonAnswers;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;

/// `POST /api/v1/drain`: drains and ends the edge for an operator.
public final class DrainApi {
  private record DrainAnswer(boolean draining) {}

  private final AdminDoor door;
  private final Runnable drain;

  /// @param drain returns at once
  public DrainApi(AdminDoor door, Runnable drain) {
    this.door = door;
    this.drain = drain;
  }

  public void answer(HttpServerExchange exchange) {
    if (door.letsIn(exchange)) {
      // An edge that has nobody to see off ends at once: not before it has answered.
      exchange.addExchangeCompleteListener(
          (_, next) -> {
            next.proceed();
            drain.run();
          });
      JsonAnswers.send(exchange, StatusCodes.ACCEPTED, new DrainAnswer(true));
    }
  }
}
