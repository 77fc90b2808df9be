package confab.bench.listener;

import confab.bench.suite.Series;
import java.util.Comparator;
import java.util.List;

/// What came of what was spoken.
///
/// @param delivered the part of the frames that came, however late
/// @param heard the part of the time of which at least one speaker's frame came in time
/// @param delayMillis of the frames that came
record Delivery(double delivered, double heard, Series delayMillis) {
  private static final long FRAME_NANOS = 20_000_000;

  /// Where one speaker falls silent and another goes on, nobody hears a gap as short as this.
  private static final long SLACK_NANOS = 1_000_000;

  /// @param all what one listener was given, duplicates left out, of whomever
  /// @param from of the time that counts, by capture
  static Delivery of(List<Heard> all, long from, long to, int speakers) {
    List<Heard> sorted = all.stream().sorted(Comparator.comparingLong(Heard::captured)).toList();
    List<Heard> counting =
        sorted.stream().filter(each -> each.captured() >= from && each.captured() < to).toList();
    double spoken = (double) (to - from) / FRAME_NANOS * speakers;
    return new Delivery(
        Math.min(1, counting.size() / spoken),
        (double) covered(sorted, from, to) / (to - from),
        Series.of(counting.stream().mapToDouble(Heard::latencyMillis)));
  }

  /// A frame covers its own length, and the slack when another follows.
  private static long covered(List<Heard> sorted, long from, long to) {
    long covered = 0;
    long until = Long.MIN_VALUE / 2;
    for (Heard each : sorted) {
      if (each.isInTime()) {
        long begin = each.captured() - until <= SLACK_NANOS ? until : each.captured();
        long end = Math.max(begin, each.captured() + FRAME_NANOS);
        covered += Math.max(0, Math.min(to, end) - Math.max(from, begin));
        until = end;
      }
    }
    return covered;
  }
}
