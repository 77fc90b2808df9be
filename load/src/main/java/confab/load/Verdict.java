package confab.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Decides whether a load went well, which is its exit code.
final class Verdict {
  private Verdict() {}

  /// What did not, each for a person.
  ///
  /// @param maxLoss how much may be lost, of 1; null for any
  /// @param maxP99 how long the latency's p99 may be; null for any
  static List<String> faults(Report report, @Nullable Double maxLoss, @Nullable Duration maxP99) {
    List<String> faults = new ArrayList<>();
    int missing = report.plan().connections() - report.connections();
    if (report.failure() != null) {
      faults.add(missing + " could not connect: " + report.failure());
    }
    if (report.disconnected() > 0) {
      faults.add("connections were lost: " + counts(report.endings()));
    }
    if (report.plan().publishers() == 0 && report.expected() == 0) {
      faults.add("nothing was heard");
    }
    if (maxLoss != null && report.loss() > maxLoss) {
      faults.add(
          String.format(
              Locale.ROOT,
              "lost %.3f %% of the frames, more than --max-loss %.3f %%",
              100 * report.loss(),
              100 * maxLoss));
    }
    double p99 = Report.percentile(report.counts().latency(), 99);
    if (maxP99 != null && p99 * 1e6 > maxP99.toNanos()) {
      faults.add(
          String.format(
              Locale.ROOT,
              "p99 of the latency was %.3f ms, more than --max-p99 %.3f ms",
              p99,
              maxP99.toNanos() / 1e6));
    }
    return faults;
  }

  /// Such as `3 shutdown, 1 idle_timeout`.
  private static String counts(Map<String, Integer> endings) {
    return endings.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(each -> each.getValue() + " " + each.getKey())
        .collect(Collectors.joining(", "));
  }
}
