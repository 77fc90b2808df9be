package confab.room.limits;

import confab.protocol.figures.Counts;
import confab.protocol.figures.Figure;

/// Counts what was refused, dropped or ended, by the limit that it was above. Thread-safe.
public final class LimitCounters {
  private final Counts<Limit> counts = new Counts<>(Limit.class);

  public void count(Limit limit) {
    counts.increment(limit);
  }

  @Figure(by = "limit", value = "What was refused, dropped or ended, by the limit it was above")
  public long limited(Limit limit) {
    return counts.of(limit);
  }
}
