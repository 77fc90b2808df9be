package confab.bus;

import confab.bus.Bus.Channel;
import java.util.concurrent.atomic.AtomicLong;

/// Bounds what is on its way to the server: in jnats' queue, in the kernel, or not yet known to
/// have been read. So memory is bounded, and old audio does not pile up before a server that stands
/// still.
///
/// Bound: [#BYTES], of which media get [#MEDIA_BYTES]. When full, what comes is refused, and
/// counted by the bus. While the server is late, media are refused in any case: they would
/// arrive in a burst when it goes on. Publishers take room, from any thread; the thread that
/// pings gives it back.
final class SendWindow {
  static final long BYTES = 4 << 20;
  static final long MEDIA_BYTES = 3 << 20;

  /// Roughly what a message takes beside its own bytes, in jnats and on the wire.
  private static final int OVERHEAD = 256;

  private final AtomicLong sent = new AtomicLong();
  private volatile long confirmed;
  private volatile boolean late;

  /// Whether the message may be sent; if so, it counts as sent.
  boolean admit(Channel channel, int bytes) {
    boolean media = channel == Channel.MEDIA;
    if (media && late) {
      return false;
    }
    long cost = (long) bytes + OVERHEAD;
    if (sent.addAndGet(cost) - confirmed > (media ? MEDIA_BYTES : BYTES)) {
      sent.addAndGet(-cost);
      return false;
    }
    return true;
  }

  long sent() {
    return sent.get();
  }

  /// The server has read everything up to `sent`.
  void confirm(long sent) {
    confirmed = sent;
    late = false;
  }

  void late() {
    late = true;
  }
}
