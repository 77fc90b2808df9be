package confab.edge.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the client's address, scheme and host from what [TrustedProxies] say.
///
/// Of several addresses the last counts that is not a trusted proxy's: what stands before it was
/// written by somebody whom nobody vouches for.
public final class ForwardedRequests implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ForwardedRequests.class);

  private final TrustedProxies proxies;
  private final HttpHandler next;
  private final AtomicBoolean warned = new AtomicBoolean();

  public ForwardedRequests(TrustedProxies proxies, HttpHandler next) {
    this.proxies = proxies;
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    InetAddress peer = exchange.getSourceAddress().getAddress();
    ProxyClaim claim = ProxyClaim.read(exchange.getRequestHeaders(), proxies.header());
    if (proxies.contains(peer)) {
      believe(exchange, claim, peer);
    } else if ("https".equals(claim.scheme()) && exchange.getRequestScheme().equals("http")) {
      warnOfUnknownProxy(peer);
    }
    next.handleRequest(exchange);
  }

  private void believe(HttpServerExchange exchange, ProxyClaim claim, InetAddress peer) {
    exchange.setSourceAddress(new InetSocketAddress(client(claim, peer), 0));
    if (claim.scheme() != null) {
      exchange.setRequestScheme(claim.scheme());
    }
    if (claim.authority() != null) {
      exchange.getRequestHeaders().put(Headers.HOST, claim.authority().toString());
    }
  }

  private InetAddress client(ProxyClaim claim, InetAddress peer) {
    InetAddress client = peer;
    for (String hop : claim.hops().reversed()) {
      InetAddress before = ProxyClaim.address(hop);
      if (before == null || !proxies.contains(client)) {
        break;
      }
      client = before;
    }
    return client;
  }

  /// Its clients would be sent to `ws://` from pages over TLS, which browsers do not allow, and all
  /// count as one address. Said once.
  private void warnOfUnknownProxy(InetAddress peer) {
    if (warned.compareAndSet(false, true)) {
      LOG.atWarn()
          .addKeyValue("address", peer.getHostAddress())
          .log("a proxy in front of this edge is not believed; name it by --trusted-proxy");
    }
  }
}
