package confab.bench.suite;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// Measured values of one kind, sorted.
public final class Series {
  private final double[] sorted;

  private Series(double[] sorted) {
    this.sorted = sorted;
  }

  public static Series of(Collection<Double> values) {
    return of(values.stream().mapToDouble(Double::doubleValue));
  }

  public static Series of(DoubleStream values) {
    return new Series(values.sorted().toArray());
  }

  public int size() {
    return sorted.length;
  }

  /// The smallest value that at least `percent` of all do not exceed; NaN when there is none.
  public double percentile(double percent) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.clamp(rank, 1, sorted.length) - 1];
  }

  public double worst() {
    return percentile(100);
  }

  public double mean() {
    return Arrays.stream(sorted).average().orElse(Double.NaN);
  }

  /// Such as `12 / 14 / 30`, the last one the worst.
  public String render(int decimals, double... percents) {
    var text = new StringBuilder();
    for (double percent : percents) {
      text.append(render(decimals, percentile(percent))).append(" / ");
    }
    return text.append(render(decimals, worst())).toString();
  }

  /// The mean, and what it is the mean of: `12.1 (11.4–13.0)`.
  public String spread(int decimals) {
    String mean = render(decimals, mean());
    return sorted.length < 2
        ? mean
        : mean + " (" + render(decimals, sorted[0]) + "–" + render(decimals, worst()) + ")";
  }

  public static String render(int decimals, double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
