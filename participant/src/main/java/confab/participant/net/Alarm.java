package confab.participant.net;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Does something on a virtual thread when a time is up, unless it is cancelled before: exactly one
/// of the two happens, however close together they come.
public final class Alarm {
  private final AtomicBoolean decided = new AtomicBoolean();
  private final Thread thread;

  public Alarm(Duration time, Runnable action) {
    thread = Thread.ofVirtual().name("alarm").start(() -> await(time, action));
  }

  private void await(Duration time, Runnable action) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      return;
    }
    if (decide()) {
      action.run();
    }
  }

  /// Whether the time was not up: what the alarm was about may go on. False, too, when it has been
  /// cancelled before.
  public boolean cancel() {
    boolean inTime = decide();
    if (inTime) {
      thread.interrupt();
    }
    return inTime;
  }

  private boolean decide() {
    return decided.compareAndSet(false, true);
  }
}
