package confab.edge.admin;

import confab.edge.http.Bearer;
import confab.edge.http.JsonAnswers;
import confab.edge.http.JsonErrors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;

/// `POST /api/v1/drain`: drains and ends the edge for a caller that shows an admin token.
public final class DrainApi {
  private record DrainAnswer(boolean draining) {}

  private final AdminTokens tokens;
  private final Runnable drain;

  /// @param drain returns at once
  public DrainApi(AdminTokens tokens, Runnable drain) {
    this.tokens = tokens;
    this.drain = drain;
  }

  public void answer(HttpServerExchange exchange) {
    String shown = Bearer.token(exchange);
    if (!tokens.areUsed()) {
      JsonErrors.refuse(
          exchange, StatusCodes.FORBIDDEN, "forbidden", "This edge has no admin token.");
    } else if (shown == null || !tokens.contain(shown)) {
      JsonErrors.refuse(
          exchange, StatusCodes.UNAUTHORIZED, "unauthorized", "An admin token is needed.");
    } else {
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
