package confab.rig.impairment;

import java.time.Duration;

/// What a bad link does to each packet, in each direction.
///
/// @param delay one way
/// @param jitter up to so much more or less delay, evenly spread; larger than the distance of
///     packets, it reorders them
/// @param loss the part of packets that is lost
/// @param bitsPerSecond how much goes through, [#UNLIMITED] for all
public record Impairment(
    Duration delay, Duration jitter, double loss, long bitsPerSecond, long seed) {
  /// No narrow place on the way.
  public static final long UNLIMITED = Long.MAX_VALUE;

  /// A link as good as none at all.
  public static final Impairment NONE = new Impairment(Duration.ZERO, Duration.ZERO, 0, 1);

  /// Nothing arrives, over UDP; TCP only takes longer.
  public static final Impairment OUTAGE = new Impairment(Duration.ZERO, Duration.ZERO, 1, 1);

  /// Through a link that is wide enough.
  public Impairment(Duration delay, Duration jitter, double loss, long seed) {
    this(delay, jitter, loss, UNLIMITED, seed);
  }
}
