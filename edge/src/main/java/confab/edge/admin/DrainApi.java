package confab.edge.admin;

import confab.edge.http.JsonAnswers;
import confab.edge.http.JsonErrors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import org.jspecify.annotations.Nullable;

/// `POST /api/v1/drain`: drains and ends the edge for a caller that shows an admin token.
public final class DrainApi {
  private static final String BEARER = "Bearer ";

  private record DrainAnswer(boolean draining) {}

  private final AdminTokens tokens;
  private final Runnable drain;

  /// @param drain returns at once
  public DrainApi(AdminTokens tokens, Runnable drain) {
    this.tokens = tokens;
    this.drain = drain;
  }

  public void answer(HttpServerExchange exchange) {
    if (!tokens.areUsed()) {
      JsonErrors.refuse(
          exchange, StatusCodes.FORBIDDEN, "forbidden", "This edge has no admin token.");
    } else if (!isShown(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION))) {
      exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Bearer");
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

  private boolean isShown(@Nullable String header) {
    return header != null
        && header.startsWith(BEARER)
        && tokens.contain(header.substring(BEARER.length()));
  }
}
