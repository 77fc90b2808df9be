package confab.webtransport.engine;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;

/// A UDP port that several sockets of this process share.
public final class SharedPort {
  private SharedPort() {}

  /// The address with a port that nobody has. Sockets that share a port would share it with those
  /// of another process as well.
  ///
  /// @throws IOException when the port is in use or the address not of this machine
  public static InetSocketAddress free(InetSocketAddress address) throws IOException {
    try (var probe = new DatagramSocket(address)) {
      return new InetSocketAddress(address.getAddress(), probe.getLocalPort());
    }
  }
}
