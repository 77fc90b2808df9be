package confab.protocol;

import java.security.SecureRandom;
import java.util.HexFormat;

/// Names one run of one edge, from start to end, on the bus: two edges may bear the same name, and
/// an edge that starts again is another run.
public record EdgeRun(long value) implements Comparable<EdgeRun> {
  public static EdgeRun random() {
    return new EdgeRun(new SecureRandom().nextLong());
  }

  @Override
  public int compareTo(EdgeRun other) {
    return Long.compare(value, other.value);
  }

  /// 16 hexadecimal digits, as logs have it.
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }
}
