package confab.room;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Sends, for all rooms of an edge, what waits in their uplinks when its window is over. All rooms
/// share a wake-up, so that busy edges do not wake more often than quiet ones.
///
/// Queue: at most [#CAPACITY] uplinks, each once. Publishers put; one thread takes. When it is
/// full the uplink is flushed where it stands.
final class UplinkFlusher implements AutoCloseable {
  static final int CAPACITY = 4096;

  private final BlockingQueue<Uplink> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final LongSupplier nanoClock;
  private final Thread thread;

  UplinkFlusher(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    thread = Thread.ofPlatform().daemon().name("uplink-flusher").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void flushSoon(Uplink uplink) {
    if (uplink.queued.compareAndSet(false, true) && !queue.offer(uplink)) {
      uplink.queued.set(false);
      uplink.flush(nanoClock.getAsLong());
    }
  }

  private void run() {
    try {
      while (true) {
        Uplink first = queue.take();
        LockSupport.parkNanos(Uplink.WINDOW_NANOS);
        flush(first);
        flushAll();
      }
    } catch (InterruptedException e) {
      // Closing.
    }
  }

  /// Flushes what is queued. Tests call it instead of starting the thread.
  void flushAll() {
    for (Uplink next = queue.poll(); next != null; next = queue.poll()) {
      flush(next);
    }
  }

  private void flush(Uplink uplink) {
    // Before the flush: a frame that comes during it queues the uplink again.
    uplink.queued.set(false);
    uplink.flush(nanoClock.getAsLong());
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
