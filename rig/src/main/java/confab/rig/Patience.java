package confab.rig;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/// How long tests and measurements wait for what has to come: one limit for all of them, which only
/// tells slow from hung. A machine that is busy with other things takes many times as long as an
/// idle one, and whoever waits returns as soon as it is there.
///
/// How long something may take is the product's promise and not a matter of patience: a test of it
/// counts, compares ([#promise]), or turns a clock of its own.
public final class Patience {
  /// JUnit's own limit for a test (in the parent POM) is longer, so that this one gets to say what
  /// was missing.
  public static final Duration LIMIT = Duration.ofMinutes(2);

  private static final int ALLOWANCE = 10;
  private static final Duration LOOK = Duration.ofMillis(20);

  /// What [#time] measures.
  public interface Action {
    void run() throws Exception;
  }

  private Patience() {}

  /// As Awaitility's own; what other threads throw meanwhile fails it, too.
  public static ConditionFactory await() {
    return Awaitility.await().atMost(LIMIT);
  }

  /// @param what for the message when it does not come
  public static ConditionFactory await(String what) {
    return await().alias(what);
  }

  /// Looks at the condition alone and often, from now on.
  ///
  /// @param what for the message when it does not come
  public static ConditionFactory awaitOnly(String what) {
    return Awaitility.await(what)
        .dontCatchUncaughtExceptions()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(LOOK);
  }

  /// What a promise of the product comes to on a machine as busy as this one: as long as it says,
  /// and ten times what something alike has just taken that had nothing to wait for.
  public static Duration promise(Duration promised, Duration control) {
    return promised.plus(control.multipliedBy(ALLOWANCE));
  }

  /// How long something takes.
  public static Duration time(Action action) throws Exception {
    long start = System.nanoTime();
    action.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /// For what takes a number of milliseconds.
  public static int millis() {
    return Math.toIntExact(LIMIT.toMillis());
  }

  /// For what takes a number of seconds.
  public static int seconds() {
    return Math.toIntExact(LIMIT.toSeconds());
  }
}
