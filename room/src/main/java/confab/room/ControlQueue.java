package confab.room;

import confab.room.limits.Limit;
import confab.room.limits.LimitCounters;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The control messages that wait for one link, which takes them as fast as its participant reads.
/// Both transports have one.
///
/// Bound: [#MAX_BYTES] and one message, and the oldest waits for at most [#MAX_AGE_NANOS]; what is
/// put above either says that the participant does not read, and the connection ends. No more than
/// [#MAX_BYTES] comes at once in any room, so nobody is blamed for what one batch holds. Of that
/// words have [#MAX_WORD_BYTES], and are dropped and counted above it: who misses a line still
/// knows who is there. Messages are shared by all who are sent them, so what waits for many costs
/// once.
///
/// Guarded by itself.
public final class ControlQueue {
  /// A room of some thousands who all change at once, and everything that they may write.
  static final int MAX_BYTES = 1 << 20;

  /// As much as a room may write at once, with what comes meanwhile.
  static final int MAX_WORD_BYTES = 96 * 1024;

  /// Longer than an idle participant is kept, so that nobody is called slow who is not there.
  static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private record Waiting(byte[] message, boolean words, long since) {}

  private final LimitCounters limited;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int bytes;
  private int wordBytes;

  public ControlQueue(LimitCounters limited) {
    this.limited = limited;
  }

  /// @param words whether nothing but words is in it, which may be dropped
  /// @return false when the participant does not read, and the connection is to end
  public synchronized boolean put(byte[] message, boolean words, long now) {
    Waiting oldest = waiting.peek();
    if (oldest != null && now - oldest.since() > MAX_AGE_NANOS) {
      limited.count(Limit.UNREAD);
      return false;
    }
    if (words && oldest != null && wordBytes + message.length > MAX_WORD_BYTES) {
      limited.count(Limit.UNREAD_TEXT);
      return true;
    }
    if (oldest != null && bytes + message.length > MAX_BYTES) {
      limited.count(Limit.UNREAD);
      return false;
    }
    waiting.add(new Waiting(message, words, now));
    bytes += message.length;
    wordBytes += words ? message.length : 0;
    notifyAll();
    return true;
  }

  /// The oldest message; null when none waits.
  public synchronized byte @Nullable [] poll() {
    Waiting next = waiting.poll();
    if (next == null) {
      return null;
    }
    bytes -= next.message().length;
    wordBytes -= next.words() ? next.message().length : 0;
    return next.message();
  }

  /// The oldest message, once there is one.
  public synchronized byte[] take() throws InterruptedException {
    byte[] next = poll();
    while (next == null) {
      wait();
      next = poll();
    }
    return next;
  }
}
