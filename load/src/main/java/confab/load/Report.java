package confab.load;

import confab.load.measure.Tally.Counts;
import confab.load.measure.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// What a load has found. Frames are those that were meant to leave in the measured time.
///
/// @param seconds how long that was
/// @param connections that stood when it began
/// @param failure why the first of those that could not come could not; null when all could
/// @param endings how many connections the edges ended, by reason
/// @param cpuSeconds what this process took in the measured time
/// @param limits what of this process itself, if anything, stood in the way
record Report(
    Plan plan,
    double seconds,
    int connections,
    @Nullable String failure,
    Map<String, Integer> endings,
    long expected,
    Counts counts,
    double cpuSeconds,
    List<String> limits) {
  private static final long LATE_MICROS = 10_000;
  private static final double SATURATED = 0.9;

  Report {
    endings = Map.copyOf(endings);
    limits = List.copyOf(limits);
  }

  /// @param before what had been used when the measured time began
  /// @param after and when it ended
  static List<String> limits(Counts counts, Usage before, Usage after) {
    List<String> limits = new ArrayList<>();
    long late = counts.lateness().getValueAtPercentile(99);
    if (late > LATE_MICROS) {
      limits.add(String.format(Locale.ROOT, "frames left late (p99 %.1f ms)", late / 1e3));
    }
    if (counts.framesSkipped() > 0) {
      limits.add(counts.framesSkipped() + " frames were so late that they were not sent");
    }
    double busy = after.busiestLoop(before);
    if (busy > SATURATED) {
      limits.add(String.format(Locale.ROOT, "an event loop took %.0f %% of a core", 100 * busy));
    }
    long drops = after.packetsLost() - before.packetsLost();
    if (drops > 0) {
      limits.add(drops + " UDP packets found its receive buffers full");
    }
    return limits;
  }

  long lost() {
    return Math.max(0, expected - counts.delivered());
  }

  /// The part of what was expected that did not come.
  double loss() {
    return expected == 0 ? 0 : (double) lost() / expected;
  }

  int disconnected() {
    return endings.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// In milliseconds.
  static double percentile(Histogram histogram, double percent) {
    return histogram.getValueAtPercentile(percent) / 1e3;
  }

  /// In milliseconds.
  static double max(Histogram histogram) {
    return histogram.getMaxValue() / 1e3;
  }
}
