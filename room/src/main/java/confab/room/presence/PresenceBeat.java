package confab.room.presence;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the other edges what changed in the rooms of this one, and repeats it: the one thread that
/// publishes presence, so that no room is locked while the bus delivers.
public final class PresenceBeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceBeat.class);
  private static final long INTERVAL_MILLIS = 100;

  /// Changes that come together are told together.
  private static final long GATHER_MILLIS = 5;

  private final Runnable beat;
  private final Semaphore changes = new Semaphore(0);
  private final Thread thread;

  /// @param beat publishes what is due in all rooms
  public PresenceBeat(Runnable beat) {
    this.beat = beat;
    thread = Thread.ofPlatform().daemon().name("presence-beat").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /// Something is to be told soon.
  public void wake() {
    if (changes.availablePermits() == 0) {
      changes.release();
    }
  }

  private void run() {
    try {
      while (true) {
        boolean _ = changes.tryAcquire(INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        changes.drainPermits();
        beatOnce();
        Thread.sleep(GATHER_MILLIS);
      }
    } catch (InterruptedException e) {
      // Closing.
    }
  }

  /// An exception about one room must not silence all others.
  private void beatOnce() {
    try {
      beat.run();
    } catch (RuntimeException e) {
      LOG.error("presence could not be told", e);
    }
  }

  /// Waits for a beat that is under way.
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
