package confab.room;

import confab.protocol.FrameHeader;
import confab.protocol.Participant;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A session's way into its room: checks, limits and stamps what comes, then hands it on. Frame
/// path: everything it needs is bound when the session begins.
///
/// Owned by the connection's receive thread, except [#setMuted].
final class Publisher {
  private final int participant;
  private final FramePath path;
  private final MediaCounters counters;
  private final TokenBucket frames;
  private final TokenBucket bytes;
  private volatile boolean muted;

  Publisher(
      Participant participant,
      FramePath path,
      MediaCounters counters,
      RoomLimits limits,
      long now) {
    this.participant = participant.number();
    muted = participant.muted();
    this.path = path;
    this.counters = counters;
    frames = new TokenBucket(limits.frames(), now);
    bytes = new TokenBucket(limits.bytes(), now);
  }

  void setMuted(boolean nowMuted) {
    muted = nowMuted;
  }

  /// Takes what came in one datagram or message; the buffer may be reused afterwards.
  void publish(ByteBuffer received, long now) {
    int length = received.remaining();
    if (length > FrameHeader.MAX_BUNDLE_BYTES) {
      counters.dropped(DropReason.OVERSIZED, 1);
      return;
    }
    // The one copy: out of the transport's buffer, to be stamped and shared by all receivers.
    byte[] bundle = new byte[length];
    received.get(bundle);
    int offset = 0;
    int accepted = 0;
    while (offset < length) {
      int frame = FrameHeader.frameLength(bundle, offset, length);
      if (frame < 0) {
        counters.dropped(DropReason.MALFORMED, 1);
        break;
      }
      if (!frames.tryTake(1, now) || !bytes.tryTake(frame, now)) {
        counters.dropped(DropReason.RATE_LIMITED, 1);
        break;
      }
      FrameHeader.setParticipant(bundle, offset, participant);
      offset += frame;
      accepted++;
    }
    if (accepted == 0) {
      return;
    }
    counters.received(accepted, offset);
    if (muted) {
      counters.dropped(DropReason.MUTED, accepted);
      return;
    }
    byte[] whole = offset == length ? bundle : Arrays.copyOf(bundle, offset);
    path.forward(new Bundle(whole, accepted), participant, now);
  }
}
