package confab.edge;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The addresses of the edge's transports, for somebody who reached it under some host name.
/// Immutable.
final class EdgeUrls {
  /// A name, an IPv4 address or a bracketed IPv6 one, and perhaps a port (RFC 9110 §7.2).
  private static final Pattern AUTHORITY =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(:[0-9]{1,5})?");

  private final InetSocketAddress quic;
  private final boolean selfMade;
  private final EdgeConfig.Cluster cluster;

  /// @param quic where WebTransport listens
  /// @param selfMade whether its certificate is accepted by hash, under whatever name
  /// @param cluster what the operator says of the addresses
  EdgeUrls(InetSocketAddress quic, boolean selfMade, EdgeConfig.Cluster cluster) {
    this.quic = quic;
    this.selfMade = selfMade;
    this.cluster = cluster;
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

  /// The addresses; null when `authority` is not a host and a port.
  ///
  /// @param authority the Host header: what the page itself was reached by
  /// @param secure whether that was over TLS
  @Nullable Urls of(@Nullable String authority, boolean secure) {
    Matcher parts = AUTHORITY.matcher(authority == null ? "" : authority);
    if (!parts.matches()) {
      return null;
    }
    try {
      URI byHost = webTransport(quicHost(parts.group(1)), quic.getPort());
      URI page = URI.create((secure ? "wss://" : "ws://") + parts.group() + Edge.WEB_SOCKET_PATH);
      return new Urls(cluster.webTransportUrl().orElse(byHost), page);
    } catch (IllegalArgumentException e) {
      // Brackets around what is no IPv6 address.
      return null;
    }
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
