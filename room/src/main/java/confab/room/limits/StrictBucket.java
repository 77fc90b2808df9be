package confab.room.limits;

import confab.frames.Rate;
import confab.frames.TokenBucket;
import java.util.concurrent.TimeUnit;

/// A [TokenBucket] that makes whoever is refused, and tries again too early, wait longer: each such
/// try adds a tenth of the time in which an empty bucket is filled, up to all of it. A flood so
/// gets one burst in that time at the most, and whoever waits as told gets what the rate says.
///
/// Not thread-safe: guarded by whoever owns it.
public final class StrictBucket {
  /// Early tries until a wait is as long as it gets.
  private static final int EARLY_TRIES = 10;

  private final TokenBucket tokens;
  private final long longest;
  private long penaltyBegan;
  private long penaltyEnds;

  /// Starts full.
  public StrictBucket(Rate rate, long now) {
    tokens = new TokenBucket(rate, now);
    longest = (long) (rate.burst() / rate.perSecond() * TimeUnit.SECONDS.toNanos(1));
    penaltyBegan = now;
    penaltyEnds = now;
  }

  /// Nanoseconds until `amount` may be taken; 0 when it may. Is no try.
  public long nanosUntil(double amount, long now) {
    return Math.max(tokens.nanosUntil(amount, now), penaltyEnds - now);
  }

  /// Takes `amount`, or notes a try that is refused.
  ///
  /// @return nanoseconds until it makes sense to try again; 0 when it was taken
  public long tryTake(double amount, long now) {
    long wait = nanosUntil(amount, now);
    if (wait > 0) {
      return refuse(wait, now);
    }
    take(amount, now);
    return 0;
  }

  /// Takes what [#nanosUntil] says is there.
  public void take(double amount, long now) {
    boolean _ = tokens.tryTake(amount, now);
  }

  /// Notes a try that is refused.
  ///
  /// @param wait how long it would have had to wait without a penalty, in nanoseconds
  /// @return how long it has to wait
  public long refuse(long wait, long now) {
    if (penaltyEnds - now <= 0) {
      penaltyBegan = now;
      penaltyEnds = now + Math.min(wait, longest);
    } else {
      penaltyEnds = Math.min(penaltyEnds + longest / EARLY_TRIES, penaltyBegan + longest);
    }
    return Math.max(wait, penaltyEnds - now);
  }
}
