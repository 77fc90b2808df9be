package confab.room;

import confab.protocol.FrameHeader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The way of frames through a room. Any thread forwards; the room, on changes of membership,
/// replaces what they read: one volatile array and one volatile field.
final class FramePath {
  private final MediaCounters busMedia;
  private volatile Subscriber[] subscribers = {};

  /// Set while other edges have the room or may have it.
  private volatile @Nullable Uplink uplink;

  FramePath(MediaCounters busMedia) {
    this.busMedia = busMedia;
  }

  void setSubscribers(Stream<Subscriber> connected) {
    subscribers = connected.toArray(Subscriber[]::new);
  }

  void setUplink(@Nullable Uplink toOthers) {
    uplink = toOthers;
  }

  @Nullable Uplink uplink() {
    return uplink;
  }

  /// Hands a local publisher's bundle to everybody else.
  void forward(Bundle bundle, int from, long now) {
    Uplink others = uplink;
    if (others != null) {
      others.add(bundle, now);
    }
    fanOut(bundle, from);
  }

  /// Hands on what another edge published; that edge stamped it.
  void forwardFromBus(byte[] message) {
    int offset = 0;
    int frames = 0;
    while (offset < message.length) {
      int frame = FrameHeader.frameLength(message, offset, message.length);
      if (frame < 0 || offset + frame > FrameHeader.MAX_BUNDLE_BYTES) {
        busMedia.dropped(DropReason.MALFORMED, 1);
        return;
      }
      offset += frame;
      frames++;
    }
    busMedia.received(frames, message.length);
    fanOut(new Bundle(message, frames), 0);
  }

  private void fanOut(Bundle bundle, int from) {
    for (Subscriber subscriber : subscribers) {
      subscriber.offer(bundle, from);
    }
  }
}
