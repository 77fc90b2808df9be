package confab.edge;

import confab.room.Rooms;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Empties an edge before it ends: it refuses newcomers, asks everybody to move to another edge,
/// and waits until they have.
final class Drain {
  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final EdgeConfig.Drain config;
  private final Rooms rooms;
  private final EdgeDirectory directory;
  private final Health health;
  private final CountDownLatch drained = new CountDownLatch(1);
  private final CountDownLatch hurried = new CountDownLatch(1);

  Drain(EdgeConfig.Drain config, Rooms rooms, EdgeDirectory directory, Health health) {
    this.config = config;
    this.rooms = rooms;
    this.directory = directory;
    this.health = health;
  }

  /// Drains the edge, unless that has been done; returns when the edge is empty or its time is up.
  /// When there is no other edge it returns at once.
  synchronized void run() throws InterruptedException {
    if (drained.getCount() == 0) {
      return;
    }
    health.draining();
    directory.announce();
    if (rooms.connectionCount() > 0 && !directory.open().isEmpty()) {
      LOG.atInfo().addKeyValue("sessions", rooms.connectionCount()).log("draining");
      long deadline = System.nanoTime() + config.timeout().toNanos();
      rooms.drain(config.spread());
      while (rooms.connectionCount() > 0 && System.nanoTime() - deadline < 0) {
        if (hurried.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          break;
        }
      }
      LOG.atInfo().addKeyValue("left", rooms.connectionCount()).log("drained");
    }
    drained.countDown();
  }

  /// Drains on a thread of its own.
  void start() {
    Thread.ofVirtual()
        .name("drain")
        .start(
            () -> {
              try {
                run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /// Waits for nobody any more.
  void hurry() {
    hurried.countDown();
  }

  /// Returns when the edge has been drained.
  void await() throws InterruptedException {
    drained.await();
  }
}
