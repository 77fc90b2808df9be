package confab.frames;

/// Says whether one more is within a [Rate]. Not thread-safe: owned by whoever is limited, or
/// guarded by the owner's lock.
public final class TokenBucket {
  /// What adding up fractions may lose; far below one token.
  private static final double ROUNDING = 1e-6;

  private final double tokensPerNano;
  private final double burst;
  private double tokens;
  private long filledAt;

  /// Starts full.
  public TokenBucket(Rate rate, long now) {
    tokensPerNano = rate.perSecond() / 1e9;
    burst = rate.burst();
    tokens = burst;
    filledAt = now;
  }

  /// Takes `amount` when that many are there; takes nothing otherwise.
  public boolean tryTake(double amount, long now) {
    fill(now);
    if (tokens + ROUNDING < amount) {
      return false;
    }
    tokens -= amount;
    return true;
  }

  /// Nanoseconds until `amount` will be there; 0 when it is.
  public long nanosUntil(double amount, long now) {
    fill(now);
    return tokens + ROUNDING >= amount ? 0 : (long) Math.ceil((amount - tokens) / tokensPerNano);
  }

  private void fill(long now) {
    tokens = Math.min(burst, tokens + Math.max(0, now - filledAt) * tokensPerNano);
    filledAt = now;
  }
}
