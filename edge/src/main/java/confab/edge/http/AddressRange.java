package confab.edge.http;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Addresses that begin with the same bits, as `10.0.0.0/8` names them (RFC 4632 §3.1); one address
/// is a range, too.
///
/// @param first any address of the range
/// @param prefix how many leading bits count
record AddressRange(InetAddress first, int prefix) {
  AddressRange {
    if (prefix < 0 || prefix > first.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException("a prefix of " + prefix + " bits");
    }
  }

  static AddressRange only(InetAddress address) {
    return new AddressRange(address, address.getAddress().length * Byte.SIZE);
  }

  /// Null when `text` is neither an address nor one with a number of bits.
  static @Nullable AddressRange parse(String text) {
    int slash = text.indexOf('/');
    try {
      return slash < 0
          ? only(InetAddress.ofLiteral(text))
          : new AddressRange(
              InetAddress.ofLiteral(text.substring(0, slash)),
              Integer.parseInt(text.substring(slash + 1)));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  boolean contains(InetAddress address) {
    byte[] one = first.getAddress();
    byte[] other = address.getAddress();
    if (one.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((one[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
