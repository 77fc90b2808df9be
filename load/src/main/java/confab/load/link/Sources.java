package confab.load.link;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Addresses of this machine that the connections of one event loop come from, one after the other,
/// as if they were on machines of their own. With none they come from where the kernel likes.
///
/// Owned by its loop.
public final class Sources {
  private static final int MOST_BITS = 12;

  private final List<InetSocketAddress> all;
  private int next;

  private Sources(List<InetSocketAddress> all) {
    this.all = all;
  }

  /// Those of one of so many loops. Loops share addresses when there are fewer of these.
  public static Sources dealt(List<InetAddress> addresses, int loop, int loops) {
    int from = addresses.size() < loops ? 0 : loop;
    int step = addresses.size() < loops ? 1 : loops;
    List<InetSocketAddress> dealt = new ArrayList<>();
    for (int i = from; i < addresses.size(); i += step) {
      dealt.add(new InetSocketAddress(addresses.get(i), 0));
    }
    return new Sources(dealt);
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  int size() {
    return all.size();
  }

  /// With port 0; null for any.
  @Nullable InetSocketAddress next() {
    if (all.isEmpty()) {
      return null;
    }
    next = (next + 1) % all.size();
    return all.get(next);
  }

  /// Reads an address, or a block of them such as `127.1.0.0/22`.
  ///
  /// @throws IllegalArgumentException when it is something else, or more than 4096
  public static List<InetAddress> parse(String text) {
    int slash = text.indexOf('/');
    byte[] first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
    int bits = first.length * Byte.SIZE;
    int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
    if (prefix > bits || bits - prefix > MOST_BITS) {
      throw new IllegalArgumentException("not 1 to 4096 addresses");
    }
    List<InetAddress> block = new ArrayList<>();
    for (int i = 0; i < 1 << bits - prefix; i++) {
      block.add(plus(first, i));
    }
    return block;
  }

  private static InetAddress plus(byte[] address, int distance) {
    byte[] sum = new BigInteger(1, address).add(BigInteger.valueOf(distance)).toByteArray();
    byte[] moved = new byte[address.length];
    int common = Math.min(sum.length, moved.length);
    System.arraycopy(sum, sum.length - common, moved, moved.length - common, common);
    try {
      return InetAddress.getByAddress(moved);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("as long as an address", e);
    }
  }
}
