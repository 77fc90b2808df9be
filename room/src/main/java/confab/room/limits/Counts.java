package confab.room.limits;

import java.util.HashMap;
import java.util.Map;

/// How many of something each has who has any. Not thread-safe: guarded by whoever owns it.
final class Counts<K> {
  private final Map<K, Integer> counts = new HashMap<>();

  int of(K key) {
    return counts.getOrDefault(key, 0);
  }

  void add(K key) {
    counts.merge(key, 1, Integer::sum);
  }

  /// Called once for each one that was added.
  void remove(K key) {
    counts.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
  }
}
