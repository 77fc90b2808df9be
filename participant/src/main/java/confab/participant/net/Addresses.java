package confab.participant.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// All addresses of a name, in the order in which RFC 8305 ("happy eyeballs") wants them tried.
public final class Addresses {
  /// So long an address may be silent before the next one is tried beside it (RFC 8305 section 5).
  public static final Duration STAGGER = Duration.ofMillis(250);

  private Addresses() {}

  /// @param host a name, or an address without brackets
  /// @return one at least
  public static List<InetAddress> of(String host) throws UnknownHostException {
    return inTurn(List.of(InetAddress.getAllByName(host)));
  }

  /// The system's order within IPv4 and IPv6, which take turns; IPv6 begins.
  static List<InetAddress> inTurn(List<InetAddress> all) {
    Deque<InetAddress> six = new ArrayDeque<>();
    Deque<InetAddress> four = new ArrayDeque<>();
    all.forEach(each -> (each instanceof Inet6Address ? six : four).add(each));
    List<InetAddress> turns = new ArrayList<>();
    while (!six.isEmpty() || !four.isEmpty()) {
      if (!six.isEmpty()) {
        turns.add(six.remove());
      }
      if (!four.isEmpty()) {
        turns.add(four.remove());
      }
    }
    return turns;
  }
}
