package confab.bus;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import io.nats.client.Subscription;
import java.time.Duration;

/// A thread that receives, with its queue: one of a link's few dispatchers. A subject always has
/// the same lane, so its messages keep their order.
///
/// Bound: [#MESSAGES] and [#BYTES], beyond which jnats drops what comes. Media are dropped long
/// before that, the oldest first, as soon as the lane [#isBehind]. jnats' reader puts; the lane's
/// thread takes. Subscribing and unsubscribing are guarded by the bus's lock.
final class NatsLane {
  private static final long MESSAGES = 16_384;
  private static final long BYTES = 16 << 20;

  /// How many messages may wait per subject, on the average: a quarter of a second of a busy room.
  private static final int PENDING = 64;

  private static final int MIN_PENDING = 512;

  /// A lane that has had no pause for this long does not keep up. It is the time for which an
  /// outbox keeps a bundle.
  private static final long MAX_RUN_NANOS = Duration.ofMillis(120).toNanos();

  /// How many messages are kept of a queue whose lane does not keep up.
  private static final int FRESH = 16;

  private final Dispatcher dispatcher;
  private int subjects;
  private volatile long mediaPending = MIN_PENDING;

  // Owned by the lane's thread.
  private boolean paused = true;
  private long runningSince;

  NatsLane(Connection connection) {
    dispatcher = connection.createDispatcher();
    dispatcher.setPendingLimits(MESSAGES, BYTES);
  }

  Subscription subscribe(String pattern, MessageHandler handler) {
    resize(1);
    return dispatcher.subscribe(pattern, message -> run(handler, message));
  }

  void unsubscribe(Subscription subscription) {
    resize(-1);
    dispatcher.unsubscribe(subscription);
  }

  private void resize(int change) {
    subjects += change;
    mediaPending = Math.max(MIN_PENDING, PENDING * subjects);
  }

  private void run(MessageHandler handler, Message message) throws InterruptedException {
    if (paused) {
      runningSince = System.nanoTime();
    }
    handler.onMessage(message);
    paused = dispatcher.getPendingMessageCount() == 0;
  }

  /// Whether a media message that comes out of the queue now has probably waited for too long.
  /// Asked by the lane's thread.
  boolean isBehind() {
    long pending = dispatcher.getPendingMessageCount();
    return pending > mediaPending
        || (pending > FRESH && System.nanoTime() - runningSince > MAX_RUN_NANOS);
  }

  long dropped() {
    return dispatcher.getDroppedCount();
  }
}
