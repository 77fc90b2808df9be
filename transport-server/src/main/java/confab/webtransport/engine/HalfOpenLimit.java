package confab.webtransport.engine;

import java.net.SocketAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Bounds the handshakes that are under way; see [EngineLimits#MAX_HALF_OPEN]. Guarded by itself;
/// asked only for Initial packets.
public final class HalfOpenLimit {
  private static final long MAX_AGE_NANOS = EngineLimits.HALF_OPEN_AGE.toNanos();

  private final Map<SocketAddress, Long> begun = new LinkedHashMap<>();

  /// Whether a first packet from `address` may go on to the engine.
  public synchronized boolean admits(SocketAddress address, long now) {
    if (begun.containsKey(address)) {
      return true;
    }
    forgetOld(now);
    if (begun.size() >= EngineLimits.MAX_HALF_OPEN) {
      return false;
    }
    begun.put(address, now);
    return true;
  }

  public synchronized void completed(SocketAddress address) {
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
