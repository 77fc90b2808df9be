package confab.room.limits;

import confab.frames.Rate;
import java.util.LinkedHashMap;
import java.util.Map;

/// A [StrictBucket] for each of the most recently seen [#MOST]; one that was forgotten starts with
/// a full bucket again. Not thread-safe: guarded by whoever owns it.
final class Buckets<K> {
  static final int MOST = 10_000;

  private final Rate rate;
  private final Map<K, StrictBucket> latest =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, StrictBucket> eldest) {
          return size() > MOST;
        }
      };

  Buckets(Rate rate) {
    this.rate = rate;
  }

  StrictBucket of(K key, long now) {
    return latest.computeIfAbsent(key, _ -> new StrictBucket(rate, now));
  }
}
