package confab.edge.http;

import confab.protocol.address.Authority;
import io.undertow.server.HttpServerExchange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where other machines open these pages over TLS, for a page that came in the clear or that is
/// open on the edge's own machine. Neither can know: the port is the edge's, or a proxy's.
/// Immutable.
public final class SecureOrigin {
  private final Supplier<InetSocketAddress> http;
  private final Supplier<InetSocketAddress> https;
  private final TrustedProxies proxies;
  private final Supplier<Optional<String>> ownHost;

  /// @param http where the edge listens in the clear
  /// @param https where it listens over TLS
  /// @param proxies those that the edge believes
  /// @param ownHost by which other machines dial this one, as a URL has it; empty when they cannot
  public SecureOrigin(
      Supplier<InetSocketAddress> http,
      Supplier<InetSocketAddress> https,
      TrustedProxies proxies,
      Supplier<Optional<String>> ownHost) {
    this.http = http;
    this.https = https;
    this.proxies = proxies;
    this.ownHost = ownHost;
  }

  /// @param origin as in `https://192.168.1.5:8443`; null when the edge does not know
  /// @param direct whether it is the edge itself that listens there
  public record Found(@Nullable String origin, boolean direct) {
    private static final Found NOTHING = new Found(null, false);
  }

  /// @param authority by which the page was reached
  public Found of(HttpServerExchange exchange, Authority authority) {
    boolean secure = exchange.getRequestScheme().equals("https");
    boolean direct = isDirect(exchange, authority, secure);
    if (authority.isLoopback()) {
      return direct && isLocal(exchange)
          ? ownHost.get().map(this::onOwnPort).orElse(Found.NOTHING)
          : Found.NOTHING;
    }
    if (secure) {
      return new Found("https://" + authority, direct);
    }
    if (direct) {
      return onOwnPort(authority.host());
    }
    // A proxy in front. Whoever has pages on the usual port has them on the usual one of TLS, too.
    return authority.port() < 0 ? new Found("https://" + authority, false) : Found.NOTHING;
  }

  private Found onOwnPort(String host) {
    return new Found("https://" + host + ":" + https.get().getPort(), true);
  }

  /// Whether the port that was dialled is the edge's own: a proxy that is not believed, or a
  /// container's mapping of ports, shows by another one.
  private boolean isDirect(HttpServerExchange exchange, Authority authority, boolean secure) {
    int dialled = authority.port() < 0 ? (secure ? 443 : 80) : authority.port();
    return !proxies.contains(peer(exchange)) && dialled == (secure ? https : http).get().getPort();
  }

  /// The addresses of this machine are told to itself only.
  private static boolean isLocal(HttpServerExchange exchange) {
    return peer(exchange).isLoopbackAddress();
  }

  private static InetAddress peer(HttpServerExchange exchange) {
    return ((InetSocketAddress) exchange.getConnection().getPeerAddress()).getAddress();
  }
}
