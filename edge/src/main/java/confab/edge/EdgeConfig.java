package confab.edge;

import confab.room.RoomLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/// Everything about an edge that its operator decides. Immutable, read once at start.
///
/// @param name names this edge to participants and in logs
/// @param bind the address of all listeners; the wildcard address for all interfaces
/// @param tls the certificate to serve; empty for a self-made one, which pages accept by its hash
public record EdgeConfig(
    String name, InetAddress bind, Ports ports, Optional<PemFiles> tls, RoomLimits limits) {

  /// Where the edge listens; 0 takes a free port.
  ///
  /// @param http TCP: pages, API and WebSocket in the clear, for this machine or behind a proxy
  /// @param https TCP: the same over TLS, with HTTP/2
  /// @param quic UDP: WebTransport
  public record Ports(int http, int https, int quic) {
    static final Ports DEFAULT = new Ports(8080, 8443, 4433);
  }

  /// @param certificate the chain in PEM, the server's own certificate first
  /// @param key the private key in PEM, unencrypted
  public record PemFiles(Path certificate, Path key) {}

  /// An edge for tests: free ports of 127.0.0.1, a self-made certificate, default limits.
  public static EdgeConfig onLoopback() {
    InetAddress loopback = new InetSocketAddress("127.0.0.1", 0).getAddress();
    return new EdgeConfig(
        "test", loopback, new Ports(0, 0, 0), Optional.empty(), RoomLimits.defaults());
  }

  public EdgeConfig withLimits(RoomLimits newLimits) {
    return new EdgeConfig(name, bind, ports, tls, newLimits);
  }

  public EdgeConfig withTls(PemFiles files) {
    return new EdgeConfig(name, bind, ports, Optional.of(files), limits);
  }

  public EdgeConfig withPorts(Ports newPorts) {
    return new EdgeConfig(name, bind, newPorts, tls, limits);
  }
}
