package confab.rig.impairment;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// One direction of a link: says of each packet in its turn whether and when it arrives. For any
/// thread.
final class Line {
  /// How long packets wait before the narrow place, as at a router of the usual size; what would
  /// wait longer is lost.
  private static final long MAX_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final Random random;
  private Impairment impairment;

  /// When the narrow place has let through what came before.
  private long free = System.nanoTime();

  private long stalledUntil = free;

  /// What becomes of a packet.
  ///
  /// @param arrivesAt by [System#nanoTime], whether it is lost or not
  record Fate(boolean lost, long arrivesAt) {}

  /// @param direction tells the two of a link apart
  Line(Impairment impairment, int direction) {
    this.impairment = impairment;
    random = new Random(2 * impairment.seed() + direction);
  }

  synchronized void become(Impairment next) {
    impairment = next;
  }

  synchronized void stall(Duration duration) {
    stalledUntil = System.nanoTime() + duration.toNanos();
  }

  /// How long to wait until there is room before the narrow place; negative when there is.
  synchronized long nanosUntilRoom() {
    return free - System.nanoTime() - MAX_WAIT_NANOS;
  }

  /// The next packet, which is sent now.
  synchronized Fate next(int bytes) {
    boolean lost = random.nextDouble() < impairment.loss();
    double spread = random.nextDouble() * 2 - 1;
    long now = System.nanoTime();
    boolean full = free - now > MAX_WAIT_NANOS;
    if (!full) {
      double seconds = bytes * 8.0 / impairment.bitsPerSecond();
      free = Math.max(free, now) + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }
    long delay = impairment.delay().toNanos() + (long) (spread * impairment.jitter().toNanos());
    return new Fate(lost || full, Math.max(free, stalledUntil) + delay);
  }
}
