package confab.frames;

import confab.protocol.FrameHeader;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A connection's queue of bundles not yet sent, and the one place that decides what a receiver who
/// cannot keep up misses: the oldest.
///
/// Bound: [#CAPACITY] bundles, none older than [#MAX_AGE_NANOS] when it leaves. When full, the
/// oldest goes. Rooms put, from any thread; the connection's sender takes. What goes is counted as
/// `outbox_full` or `stale`. Guarded by itself; nobody holds the lock for longer than a few steps.
///
/// Bundles that wait leave together as far as one bundle holds them. A datagram costs the same
/// whatever its size, so an edge or a link that falls behind is asked for less, not for more.
public final class Outbox {
  /// 64 bundles are 1.3 s of one speaker or a quarter of a second of five.
  static final int CAPACITY = 64;

  /// What comes later than this would only make the receiver's delay grow.
  static final long MAX_AGE_NANOS = 120_000_000;

  private final MediaCounters counters;
  private final @Nullable Bundle[] ring = new @Nullable Bundle[CAPACITY];
  private final long[] putAt = new long[CAPACITY];
  private int head;
  private int size;
  private long dropped;

  public Outbox(MediaCounters counters) {
    this.counters = counters;
  }

  /// Adds a bundle, dropping the oldest when there is no place.
  ///
  /// @param now in nanoseconds, of the clock that [#take] is given, too
  public synchronized void put(Bundle bundle, long now) {
    if (size == CAPACITY) {
      drop(DropReason.OUTBOX_FULL);
    }
    int tail = (head + size) % CAPACITY;
    ring[tail] = bundle;
    putAt[tail] = now;
    size++;
  }

  /// Takes the oldest bundle that is still worth sending, if it has at most `maxBytes`, and with it
  /// those behind it that fit; null when there is none or it is larger. What is taken counts as
  /// sent.
  public synchronized @Nullable Bundle take(int maxBytes, long now) {
    while (size > 0 && now - putAt[head] > MAX_AGE_NANOS) {
      drop(DropReason.STALE);
    }
    Bundle oldest = ring[head];
    if (size == 0 || oldest == null || oldest.bytes().length > maxBytes) {
      return null;
    }
    remove();
    Bundle taken = size == 0 ? oldest : joined(oldest, maxBytes);
    counters.sent(taken);
    return taken;
  }

  /// `first` and as many of those that wait as one bundle of at most `maxBytes` holds.
  private Bundle joined(Bundle first, int maxBytes) {
    int most = Math.min(maxBytes, FrameHeader.MAX_BUNDLE_BYTES);
    int length = first.bytes().length;
    int frames = first.frames();
    int count = 0;
    while (count < size && length + waiting(count).bytes().length <= most) {
      length += waiting(count).bytes().length;
      frames += waiting(count).frames();
      count++;
    }
    if (count == 0) {
      return first;
    }
    byte[] bytes = Arrays.copyOf(first.bytes(), length);
    int end = first.bytes().length;
    for (int i = 0; i < count; i++) {
      byte[] next = waiting(0).bytes();
      System.arraycopy(next, 0, bytes, end, next.length);
      end += next.length;
      remove();
    }
    return new Bundle(bytes, frames);
  }

  private Bundle waiting(int index) {
    return Objects.requireNonNull(ring[(head + index) % CAPACITY]);
  }

  public synchronized int size() {
    return size;
  }

  /// The length of the oldest bundle, which is what [#take] will most likely give; 0 when empty.
  public synchronized int headBytes() {
    Bundle oldest = ring[head];
    return oldest == null ? 0 : oldest.bytes().length;
  }

  /// Frames dropped so far.
  public synchronized long framesDropped() {
    return dropped;
  }

  private void drop(DropReason reason) {
    Bundle oldest = ring[head];
    int frames = oldest == null ? 0 : oldest.frames();
    counters.dropped(reason, frames);
    dropped += frames;
    remove();
  }

  private void remove() {
    ring[head] = null;
    head = (head + 1) % CAPACITY;
    size--;
  }
}
