package confab.room.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Whom an address counts as. A host is usually given a whole /64 of IPv6, and a site a /48
/// (RFC 6177), so whoever has either would otherwise be as many clients as they please.
public final class Network {
  /// How much more than one host a site may do. IPv4 has no such bound: what is one site there is
  /// not to be seen.
  static final int HOSTS_PER_SITE = 4;

  private static final int HOST_BYTES = 8;
  private static final int SITE_BYTES = 6;

  private Network() {}

  /// The address of IPv4, or the /64 of IPv6.
  public static InetAddress host(InetAddress address) {
    return address instanceof Inet6Address ? prefix(address, HOST_BYTES) : address;
  }

  static boolean hasSite(InetAddress address) {
    return address instanceof Inet6Address;
  }

  /// The /48 of IPv6.
  static InetAddress site(InetAddress address) {
    return prefix(address, SITE_BYTES);
  }

  private static InetAddress prefix(InetAddress address, int bytes) {
    byte[] prefix = address.getAddress();
    Arrays.fill(prefix, bytes, prefix.length, (byte) 0);
    try {
      return InetAddress.getByAddress(prefix);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an IPv6 address", e);
    }
  }
}
