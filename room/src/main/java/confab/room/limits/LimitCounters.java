package confab.room.limits;

import confab.protocol.figures.Figure;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// Counts what was refused, dropped or ended, by the limit that it was above. Thread-safe.
public final class LimitCounters {
  private final Map<Limit, LongAdder> counts = new EnumMap<>(Limit.class);

  public LimitCounters() {
    for (Limit each : Limit.values()) {
      counts.put(each, new LongAdder());
    }
  }

  public void count(Limit limit) {
    Objects.requireNonNull(counts.get(limit)).increment();
  }

  @Figure(by = "limit", value = "What was refused, dropped or ended, by the limit it was above")
  public long limited(Limit limit) {
    return Objects.requireNonNull(counts.get(limit)).sum();
  }
}
