package confab.edge;

import confab.protocol.address.Authority;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The addresses of the edge's transports, for somebody who reached it under some host name.
/// Immutable.
final class EdgeUrls {
  private final InetSocketAddress quic;
  private final boolean selfMade;
  private final EdgeConfig.Cluster cluster;
  private final String webSocketPath;

  /// @param quic where WebTransport listens
  /// @param selfMade whether its certificate is accepted by hash, under whatever name
  /// @param config what the operator says of the addresses
  EdgeUrls(InetSocketAddress quic, boolean selfMade, EdgeConfig config) {
    this.quic = quic;
    this.selfMade = selfMade;
    cluster = config.cluster();
    webSocketPath = config.basePath() + Routes.WEB_SOCKET;
  }

  /// Where participants who reached another edge dial this one; empty when the operator does not
  /// say and the certificate is good for some name only.
  static Optional<URI> advertised(EdgeConfig config, InetSocketAddress quic) {
    if (config.cluster().webTransportUrl().isPresent() || config.tls().isPresent()) {
      return config.cluster().webTransportUrl();
    }
    InetAddress bound = quic.getAddress();
    InetAddress host =
        bound.isAnyLocalAddress()
            ? LocalAddresses.dialable().stream()
                .findFirst()
                .orElse(InetAddress.getLoopbackAddress())
            : bound;
    return Optional.of(webTransport(LocalAddresses.inUrl(host), quic.getPort()));
  }

  private static URI webTransport(String host, int port) {
    return URI.create("https://" + host + ":" + port + Edge.WEB_TRANSPORT_PATH);
  }

  /// @param webTransport what to dial with WebTransport
  /// @param webSocket what to dial with WebSocket
  record Urls(URI webTransport, URI webSocket) {}

  /// The addresses; null when `header` is not a host and a port.
  ///
  /// @param header the Host header: what the page itself was reached by
  /// @param secure whether that was over TLS
  @Nullable Urls of(@Nullable String header, boolean secure) {
    Authority authority = Authority.parse(header);
    if (authority == null) {
      return null;
    }
    URI byHost = webTransport(quicHost(authority.host()), quic.getPort());
    URI page = URI.create((secure ? "wss://" : "ws://") + authority + webSocketPath);
    return new Urls(cluster.webTransportUrl().orElse(byHost), page);
  }

  /// `localhost` may mean ::1 to a browser, where perhaps no UDP socket is, and QUIC learns of that
  /// only by a timeout. A name is kept when the certificate must match it.
  private String quicHost(String host) {
    if (!selfMade || !host.equalsIgnoreCase("localhost")) {
      return host;
    }
    InetAddress bound = quic.getAddress();
    if (bound.isAnyLocalAddress()) {
      return "127.0.0.1";
    }
    return bound instanceof Inet6Address && bound.isLoopbackAddress()
        ? "[::1]"
        : LocalAddresses.inUrl(bound);
  }
}
