package confab.bench.suite;

import java.util.concurrent.ThreadLocalRandom;

/// Names of rooms.
public final class Rooms {
  private Rooms() {}

  /// A room that nobody has been in.
  public static String fresh() {
    return "bench-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 50), 36);
  }
}
