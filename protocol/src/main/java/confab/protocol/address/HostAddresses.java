package confab.protocol.address;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/// The addresses of this machine.
public final class HostAddresses {
  private HostAddresses() {}

  /// Those by which other machines can dial this one, of networks that are up. Link-local ones are
  /// left out: they need a zone in the URL, which browsers do not take. Empty when the system does
  /// not say.
  public static List<InetAddress> dialable() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(HostAddresses::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .toList();
    } catch (SocketException e) {
      return List.of();
    }
  }

  private static boolean isUp(NetworkInterface network) {
    try {
      return network.isUp();
    } catch (SocketException e) {
      return false;
    }
  }
}
