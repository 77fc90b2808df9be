package confab.edge.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes the client's address and scheme from the headers of a proxy that the operator trusts. Of
/// several addresses the last counts: it is the one that the proxy itself has seen.
public final class TrustedProxies implements HttpHandler {
  private final Set<InetAddress> trusted;
  private final HttpHandler next;

  public TrustedProxies(Set<InetAddress> trusted, HttpHandler next) {
    this.trusted = trusted;
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (trusted.contains(exchange.getSourceAddress().getAddress())) {
      InetAddress client =
          lastAddress(exchange.getRequestHeaders().getLast(Headers.X_FORWARDED_FOR));
      if (client != null) {
        exchange.setSourceAddress(new InetSocketAddress(client, 0));
      }
      String scheme = exchange.getRequestHeaders().getFirst(Headers.X_FORWARDED_PROTO);
      if ("https".equals(scheme) || "http".equals(scheme)) {
        exchange.setRequestScheme(scheme);
      }
    }
    next.handleRequest(exchange);
  }

  /// Null for what is no literal address: names are not looked up.
  private static @Nullable InetAddress lastAddress(@Nullable String list) {
    if (list == null) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(list.substring(list.lastIndexOf(',') + 1).strip());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
