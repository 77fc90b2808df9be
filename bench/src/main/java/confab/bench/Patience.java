package confab.bench;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.NullMarked;

/// Waits for a condition by looking again and again.
@NullMarked
final class Patience {
  interface Condition {
    boolean holds() throws Exception;
  }

  private Patience() {}

  static void await(String what, Duration limit, Duration look, Condition condition)
      throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException(what + ": not within " + limit.toSeconds() + " s");
      }
      Thread.sleep(look);
    }
  }
}
