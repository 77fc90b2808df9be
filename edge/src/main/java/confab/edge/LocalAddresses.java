package confab.edge;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The addresses under which other machines reach this one.
final class LocalAddresses {
  private LocalAddresses() {}

  /// Addresses that other machines can dial, IPv4 first; link-local ones need a zone in the URL,
  /// which browsers do not take.
  static List<InetAddress> dialable() {
    List<InetAddress> found = new ArrayList<>();
    try {
      NetworkInterface.networkInterfaces()
          .filter(LocalAddresses::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .forEach(found::add);
    } catch (SocketException e) {
      return List.of();
    }
    found.sort((a, b) -> Boolean.compare(b instanceof Inet4Address, a instanceof Inet4Address));
    return found;
  }

  private static boolean isUp(NetworkInterface network) {
    try {
      return network.isUp();
    } catch (SocketException e) {
      return false;
    }
  }

  /// What a certificate of an edge bound to `bind` is good for.
  static Set<String> names(InetAddress bind) {
    Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
    List<InetAddress> addresses = bind.isAnyLocalAddress() ? dialable() : List.of(bind);
    addresses.forEach(address -> names.add(withoutZone(address)));
    String host = hostName();
    if (host != null) {
      names.add(host);
    }
    return names;
  }

  private static @Nullable String hostName() {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      return name.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,252}") ? name : null;
    } catch (java.net.UnknownHostException e) {
      return null;
    }
  }

  /// The address as a URL has it: IPv6 in brackets.
  static String inUrl(InetAddress address) {
    String text = withoutZone(address);
    return address instanceof Inet6Address ? "[" + text + "]" : text;
  }

  private static String withoutZone(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    String plain = zone < 0 ? text : text.substring(0, zone);
    return plain.equals("0:0:0:0:0:0:0:1") ? "::1" : plain;
  }
}
