package confab.impairment;

import java.time.Duration;
import java.util.Random;

/// What a bad link does to each packet, in each direction.
///
/// @param delay one way
/// @param jitter up to so much more or less delay, evenly spread; larger than the distance of
///     packets, it reorders them
/// @param loss the part of packets that is lost
public record Impairment(Duration delay, Duration jitter, double loss, long seed) {
  long delay(Random random) {
    return delay.toNanos() + (long) ((random.nextDouble() * 2 - 1) * jitter.toNanos());
  }
}
