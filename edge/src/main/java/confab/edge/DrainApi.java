package confab.edge;

import confab.edge.http.JsonAnswers;
import confab.edge.http.JsonErrors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `POST /api/v1/drain`: drains and ends the edge for a caller that shows the admin token.
final class DrainApi {
  private static final String BEARER = "Bearer ";

  private record DrainAnswer(boolean draining) {}

  private final Optional<String> token;
  private final Runnable drain;

  /// @param token the bearer token of the admin API; empty disables it
  /// @param drain returns at once
  DrainApi(Optional<String> token, Runnable drain) {
    this.token = token;
    this.drain = drain;
  }

  void answer(HttpServerExchange exchange) {
    if (token.isEmpty()) {
      JsonErrors.refuse(
          exchange, StatusCodes.FORBIDDEN, "forbidden", "This edge has no admin token.");
    } else if (!isShown(
        exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION), token.get())) {
      exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Bearer");
      JsonErrors.refuse(
          exchange, StatusCodes.UNAUTHORIZED, "unauthorized", "The admin token is needed.");
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

  /// Whether `header` shows `token`. Takes the same time however much of the token is right.
  private static boolean isShown(@Nullable String header, String token) {
    return header != null
        && header.startsWith(BEARER)
        && MessageDigest.isEqual(
            header.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8),
            token.getBytes(StandardCharsets.UTF_8));
  }
}
