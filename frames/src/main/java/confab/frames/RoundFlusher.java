package confab.frames;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Hands out, for all rooms of an edge, the rounds whose window is over. Where everybody is in
/// time a round is handed out by its last frame, and this finds nothing to do.
///
/// One thread looks after all rooms with an open round, so that many of them wake the machine no
/// more often than one.
///
/// Queue: at most [#CAPACITY] rooms, each once. Frame paths put, one thread takes. When it is full,
/// that is counted, and the round goes out with the room's next frame.
public final class RoundFlusher implements AutoCloseable {
  public static final int CAPACITY = 4096;

  /// The thread sleeps at least so long: a round that is due sooner is late by less than that.
  private static final long SHORTEST_NAP_NANOS = 500_000;

  private static final long FOREVER_NANOS = Long.MAX_VALUE / 2;

  private final BlockingQueue<Timer> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final LongAdder refused = new LongAdder();
  private final LongSupplier nanoClock;
  private final Thread thread;

  /// Those with an open round; owned by the thread that flushes.
  private final List<Timer> open = new ArrayList<>();

  /// When the thread looks again by itself. Who opens a round that is due earlier wakes it; while
  /// it looks, everybody does.
  private volatile long looksAt;

  public RoundFlusher(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    thread = Thread.ofPlatform().daemon().name("round-flusher").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /// What a room's frame path does when it is asked to look at the time.
  interface Rounds {
    /// Hands out the open round if its window is over.
    ///
    /// @return nanoseconds until the open round is due; negative when none is open
    long flushIfDue(long now);
  }

  /// Looks after one room.
  final class Timer {
    private final Rounds rounds;
    private final AtomicBoolean watched = new AtomicBoolean();

    private Timer(Rounds rounds) {
      this.rounds = rounds;
    }

    /// Called while a round stays open; may be called under a lock that [Rounds#flushIfDue] takes.
    ///
    /// @param due when the round's window is over
    void watch(long due) {
      if (watched.compareAndSet(false, true) && !queue.offer(this)) {
        watched.set(false);
        refused.increment();
      }
      if (due + SHORTEST_NAP_NANOS - looksAt < 0) {
        LockSupport.unpark(thread);
      }
    }

    /// A round that opened while it still seemed to be watched is watched again.
    private void letGo(long now) {
      watched.set(false);
      long left = rounds.flushIfDue(now);
      if (left >= 0) {
        watch(now + left);
      }
    }
  }

  Timer timer(Rounds rounds) {
    return new Timer(rounds);
  }

  public long refused() {
    return refused.sum();
  }

  private void run() {
    while (!Thread.interrupted()) {
      LockSupport.parkNanos(look());
    }
  }

  /// Hands out what is due.
  ///
  /// @return how long the thread may sleep, from the end of this, since to hand out takes a while
  long look() {
    long now = nanoClock.getAsLong();
    looksAt = now + FOREVER_NANOS;
    looksAt = now + Math.clamp(flushDue(now), SHORTEST_NAP_NANOS, FOREVER_NANOS);
    // Whoever came since has waked this thread, but a lock that it waited for may have taken that.
    return queue.isEmpty()
        ? Math.max(SHORTEST_NAP_NANOS, looksAt - nanoClock.getAsLong())
        : SHORTEST_NAP_NANOS;
  }

  /// Hands out what is due. Tests call it instead of starting the thread.
  public void flushDue() {
    flushDue(nanoClock.getAsLong());
  }

  /// @return nanoseconds until the next is due, as far as is known
  private long flushDue(long now) {
    queue.drainTo(open);
    long next = Long.MAX_VALUE;
    for (int i = open.size() - 1; i >= 0; i--) {
      Timer room = open.get(i);
      long due = room.rounds.flushIfDue(now);
      if (due >= 0) {
        next = Math.min(next, due);
      } else {
        open.remove(i);
        room.letGo(now);
      }
    }
    return next;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
