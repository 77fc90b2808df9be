package confab.edge.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;

/// Refuses all methods but one.
public final class AllowedMethod {
  private AllowedMethod() {}

  /// Answers 405 when the method is another; HEAD is GET without the body (RFC 9110 §9.3.2).
  public static boolean is(HttpString method, HttpServerExchange exchange) {
    HttpString asked = exchange.getRequestMethod();
    if (asked.equals(method) || (asked.equals(Methods.HEAD) && method.equals(Methods.GET))) {
      return true;
    }
    exchange.getResponseHeaders().put(Headers.ALLOW, method.toString());
    JsonErrors.refuse(
        exchange, 405, "method_not_allowed", "This address takes " + method + " only.");
    return false;
  }
}
