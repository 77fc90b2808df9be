package confab.edge;

import confab.protocol.address.HostAddresses;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The addresses under which other machines reach this one.
final class LocalAddresses {
  /// Somewhere beyond the router: reserved for documentation (RFC 5737), and never sent to.
  private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("203.0.113.1", 9);

  private LocalAddresses() {}

  /// Addresses that other machines can dial: first that of the network which leads to others, since
  /// a container's bridge has one, too; then IPv4.
  static List<InetAddress> dialable() {
    InetAddress outward = outward();
    return HostAddresses.dialable().stream()
        .sorted(
            Comparator.comparing((InetAddress address) -> !address.equals(outward))
                .thenComparing(address -> !(address instanceof Inet4Address)))
        .toList();
  }

  /// Null when there is no way out.
  private static @Nullable InetAddress outward() {
    try (var socket = new DatagramSocket()) {
      // Of UDP this asks the routing table and sends nothing.
      socket.connect(ELSEWHERE);
      return socket.getLocalAddress();
    } catch (SocketException e) {
      return null;
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
