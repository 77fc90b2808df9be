package confab.webtransport;

import java.net.SocketAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Bounds the handshakes that are under way: each costs the engine threads and memory before it is
/// known whether the sender exists. Guarded by itself; asked only for Initial packets.
final class HalfOpenLimit {
  static final int MAX_HALF_OPEN = 256;
  private static final long MAX_AGE_NANOS = 10_000_000_000L;

  private final Map<SocketAddress, Long> begun = new LinkedHashMap<>();

  /// Whether a first packet from `address` may go on to the engine.
  synchronized boolean admits(SocketAddress address, long now) {
    if (begun.containsKey(address)) {
      return true;
    }
    forgetOld(now);
    if (begun.size() >= MAX_HALF_OPEN) {
      return false;
    }
    begun.put(address, now);
    return true;
  }

  synchronized void completed(SocketAddress address) {
    begun.remove(address);
  }

  /// Entries stand in the order in which they began.
  private void forgetOld(long now) {
    Iterator<Long> oldest = begun.values().iterator();
    while (oldest.hasNext() && now - oldest.next() > MAX_AGE_NANOS) {
      oldest.remove();
    }
  }
}
