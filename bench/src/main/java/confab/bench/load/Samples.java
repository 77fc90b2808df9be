package confab.bench.load;

import confab.bench.suite.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Runs of the same load.
final class Samples {
  private final List<Sample> all = new ArrayList<>();

  /// Says how it went, too.
  void add(String what, Sample sample) {
    all.add(sample);
    System.err.printf(
        Locale.ROOT,
        "%s: %.1f µs per frame, %.1f per datagram, %.2f cores, p99 %.1f ms, %.2f %% delivered%s%n",
        what,
        sample.microsPerFrame(),
        sample.microsPerDatagram(),
        sample.cores(),
        sample.report().latency().p99(),
        sample.report().deliveredPercent(),
        sample.report().selfLimited() ? ", the tool was the bottleneck" : "");
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  private Series series(ToDoubleFunction<Sample> figure) {
    return Series.of(all.stream().mapToDouble(figure));
  }

  double mean(ToDoubleFunction<Sample> figure) {
    return series(figure).mean();
  }

  String spread(int decimals, ToDoubleFunction<Sample> figure) {
    return series(figure).spread(decimals);
  }

  /// p50 and p99 as a run has them on average, and the longest of all: `2.1 / 8.4 / 31`.
  String latency() {
    return Series.render(1, mean(each -> each.report().latency().p50()))
        + " / "
        + Series.render(1, mean(each -> each.report().latency().p99()))
        + " / "
        + Series.render(0, series(each -> each.report().latency().max()).worst());
  }

  String delivered() {
    return Series.render(2, mean(each -> each.report().deliveredPercent()));
  }

  /// Whether the tool was the bottleneck more often than not.
  boolean isSelfLimited() {
    return 2 * all.stream().filter(each -> each.report().selfLimited()).count() > all.size();
  }
}
