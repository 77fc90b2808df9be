package confab.edge.admin;

import confab.edge.http.Bearer;
import confab.edge.http.JsonErrors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.util.function.Predicate;

/// Lets operators in: whoever shows one of the edge's admin tokens, or a token that grants `admin`.
///
/// @param grantsAdmin whether something that is shown is such a token
public record AdminDoor(AdminTokens tokens, boolean takesGrants, Predicate<String> grantsAdmin) {
  /// Whether the caller may come in; otherwise the exchange has been answered.
  boolean letsIn(HttpServerExchange exchange) {
    String shown = Bearer.token(exchange);
    if (!tokens.areUsed() && !takesGrants) {
      JsonErrors.refuse(
          exchange, StatusCodes.FORBIDDEN, "forbidden", "This edge has no admin token.");
      return false;
    }
    if (shown == null || !(tokens.contain(shown) || grantsAdmin.test(shown))) {
      JsonErrors.refuse(
          exchange, StatusCodes.UNAUTHORIZED, "unauthorized", "An admin token is needed.");
      return false;
    }
    return true;
  }
}
