package confab.room.grants;

import confab.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// The tickets by which somebody has entered on this edge, by their sessions, for as long as one of
/// them could be fresh. Thread-safe.
///
/// Bound: given. When there are more, the one that was used first goes and is counted: whoever has
/// it could enter by it once more, unless presence still knows its session.
final class UsedTickets {
  private final int most;
  private final Duration kept;
  private final LongAdder forgotten = new LongAdder();

  /// In the order of their use. Guarded by itself.
  private final Map<SessionId, Instant> usedAt = new LinkedHashMap<>();

  UsedTickets(int most, Duration kept) {
    this.most = most;
    this.kept = kept;
  }

  /// @return false when it was used already
  boolean add(SessionId session, Instant now) {
    synchronized (usedAt) {
      forgetOld(now.minus(kept));
      if (usedAt.putIfAbsent(session, now) != null) {
        return false;
      }
      if (usedAt.size() > most) {
        usedAt.remove(usedAt.keySet().iterator().next());
        forgotten.increment();
      }
      return true;
    }
  }

  private void forgetOld(Instant before) {
    Iterator<Instant> times = usedAt.values().iterator();
    while (times.hasNext() && times.next().isBefore(before)) {
      times.remove();
    }
  }

  /// How many went too early.
  long forgotten() {
    return forgotten.sum();
  }
}
