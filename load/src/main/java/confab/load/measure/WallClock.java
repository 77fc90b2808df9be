package confab.load.measure;

import java.time.Instant;

/// Nanoseconds since 1970 that never go back. The time of day is read once, and the monotonic clock
/// counts on from there, so the times of two processes on one machine can be compared.
public final class WallClock {
  private static final long NANOS = 1_000_000_000;

  private final long offset;

  public WallClock() {
    Instant time = Instant.now();
    offset = time.getEpochSecond() * NANOS + time.getNano() - System.nanoTime();
  }

  public long now() {
    return System.nanoTime() + offset;
  }
}
