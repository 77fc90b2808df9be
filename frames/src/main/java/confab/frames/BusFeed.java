package confab.frames;

import confab.bus.Bus;
import confab.protocol.FrameHeader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The way of one room's frames to the other edges. The local part of a round is one message, since
/// waking every thread on the bus's way costs far more than the bytes.
///
/// Bound: one bundle, as the round has. Put and taken by the [FramePath], which guards it, but for
/// [#publish], which is called without its lock: in one process the bus delivers on the
/// publisher's thread, into another edge's frame path.
public final class BusFeed {
  private final Bus.Attachment attachment;
  private final MediaCounters counters;
  private final byte[] waiting = new byte[FrameHeader.MAX_BUNDLE_BYTES];
  private int length;
  private int frames;

  public BusFeed(Bus.Attachment attachment, MediaCounters counters) {
    this.attachment = attachment;
    this.counters = counters;
  }

  void add(byte[] source, int offset, int frame) {
    System.arraycopy(source, offset, waiting, length, frame);
    length += frame;
    frames++;
  }

  /// What waits, to be published; null when nothing does.
  @Nullable Bundle take() {
    if (frames == 0) {
      return null;
    }
    var bundle = new Bundle(Arrays.copyOf(waiting, length), frames);
    length = 0;
    frames = 0;
    return bundle;
  }

  void publish(Bundle bundle) {
    switch (attachment.publish(Bus.Channel.MEDIA, bundle.bytes())) {
      case ACCEPTED -> counters.sent(bundle);
      case DROPPED -> counters.dropped(DropReason.BUS_FULL, bundle.frames());
      case DISCONNECTED -> counters.dropped(DropReason.BUS_DOWN, bundle.frames());
    }
  }
}
