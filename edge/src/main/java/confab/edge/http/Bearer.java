package confab.edge.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import org.jspecify.annotations.Nullable;

/// The token that somebody shows in the header `Authorization` (RFC 6750 §2.1).
public final class Bearer {
  static final String SCHEME = "Bearer";
  private static final String PREFIX = SCHEME + " ";

  private Bearer() {}

  /// Null when none is shown.
  public static @Nullable String token(HttpServerExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
    return header != null && header.startsWith(PREFIX) ? header.substring(PREFIX.length()) : null;
  }
}
