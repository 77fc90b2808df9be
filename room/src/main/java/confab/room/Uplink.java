package confab.room;

import confab.bus.Bus;
import confab.protocol.FrameHeader;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/// The way of one room's frames to the other edges. What comes within [#WINDOW_NANOS] of the last
/// message shares the next one, since waking everybody on the bus's way costs far more than the
/// bytes; who speaks alone never waits.
///
/// Bound: one bundle; when the next frame does not fit, what waits goes at once. Publishers put, on
/// the frame path; the [UplinkFlusher] or the next publisher takes. Guarded by itself.
final class Uplink {
  /// A fifth of a frame.
  static final long WINDOW_NANOS = 4_000_000;

  private final Bus.Attachment attachment;
  private final MediaCounters counters;
  private final UplinkFlusher flusher;

  /// Whether the flusher has it in hand; owned by the flusher.
  final AtomicBoolean queued = new AtomicBoolean();

  private final byte[] waiting = new byte[FrameHeader.MAX_BUNDLE_BYTES];
  private int length;
  private int frames;
  private long sentAt;

  Uplink(Bus.Attachment attachment, MediaCounters counters, UplinkFlusher flusher, long now) {
    this.attachment = attachment;
    this.counters = counters;
    this.flusher = flusher;
    sentAt = now - WINDOW_NANOS;
  }

  void add(Bundle bundle, long now) {
    synchronized (this) {
      if (length + bundle.bytes().length > waiting.length) {
        flush(now);
      }
      if (length == 0 && now - sentAt >= WINDOW_NANOS) {
        send(bundle, now);
        return;
      }
      System.arraycopy(bundle.bytes(), 0, waiting, length, bundle.bytes().length);
      length += bundle.bytes().length;
      frames += bundle.frames();
    }
    flusher.flushSoon(this);
  }

  synchronized void flush(long now) {
    if (length > 0) {
      send(new Bundle(Arrays.copyOf(waiting, length), frames), now);
      length = 0;
      frames = 0;
    }
  }

  private void send(Bundle bundle, long now) {
    sentAt = now;
    switch (attachment.publish(Bus.Channel.MEDIA, bundle.bytes())) {
      case ACCEPTED -> counters.sent(bundle);
      case DROPPED -> counters.dropped(DropReason.BUS_FULL, bundle.frames());
      case DISCONNECTED -> counters.dropped(DropReason.BUS_DOWN, bundle.frames());
    }
  }
}
