package confab.participant;

import java.time.Duration;

/// When to ping an edge, and from when on its silence counts as its end; see `docs/PROTOCOL.md`
/// section 2.3. Any thread tells what was heard, one thread asks. All times are those of
/// [System#nanoTime].
final class Heartbeat {
  private static final long QUIET = Duration.ofMillis(300).toNanos();
  private static final long PING_INTERVAL = Duration.ofSeconds(2).toNanos();
  private static final long SHORTEST_SILENCE = Duration.ofMillis(800).toNanos();

  private volatile long heard;
  private volatile long roundTrip;
  private long pinged;

  Heartbeat(long now) {
    heard = now;
    pinged = now - PING_INTERVAL;
  }

  void onHeard(long now) {
    heard = now;
  }

  /// @param asked when what is now answered was sent; it came back from the edge
  void onAnswer(long now, long asked) {
    roundTrip = Math.max(1, now - asked);
  }

  /// Zero before the first answer.
  Duration roundTrip() {
    return Duration.ofNanos(roundTrip);
  }

  boolean hasHeardSince(long time) {
    return heard - time > 0;
  }

  boolean isSilent(long now) {
    return now - heard > longestSilence();
  }

  private long longestSilence() {
    return Math.max(SHORTEST_SILENCE, QUIET + 3 * roundTrip);
  }

  /// Whether to ping now; true counts as done.
  boolean takePing(long now) {
    boolean due = now - pinged >= PING_INTERVAL || (now - heard >= QUIET && now - pinged >= QUIET);
    if (due) {
      pinged = now;
    }
    return due;
  }

  /// How long nothing is due, if nothing is heard either.
  long nanosToNext(long now) {
    long sincePing = now - pinged;
    long sinceHeard = now - heard;
    long toPing = Math.min(PING_INTERVAL - sincePing, QUIET - Math.min(sincePing, sinceHeard));
    long toSilence = longestSilence() - sinceHeard;
    return Math.max(1_000_000, toSilence < 0 ? toPing : Math.min(toPing, toSilence));
  }
}
