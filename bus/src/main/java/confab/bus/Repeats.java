package confab.bus;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Keeps the log short: the same complaint is logged once a minute. Guarded by itself.
///
/// Bound: [#MAX] complaints; when there are more, all are forgotten.
final class Repeats {
  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int MAX = 64;

  private final Map<String, Long> told = new HashMap<>();

  synchronized boolean worthALine(String what) {
    long now = System.nanoTime();
    Long before = told.get(what);
    if (before != null && now - before < PAUSE_NANOS) {
      return false;
    }
    if (told.size() == MAX) {
      told.clear();
    }
    told.put(what, now);
    return true;
  }
}
