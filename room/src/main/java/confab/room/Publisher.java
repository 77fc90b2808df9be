package confab.room;

import confab.protocol.FrameHeader;
import confab.protocol.Participant;
import java.nio.ByteBuffer;

/// A session's way into its room: checks, limits and stamps what comes, then hands it on. Frame
/// path: everything it needs is bound when the session begins.
///
/// Owned by the connection's receive thread, except [#setMuted].
final class Publisher {
  private final int participant;
  private final Speaker speaker;
  private final FramePath path;
  private final MediaCounters counters;
  private final TokenBucket frames;
  private final TokenBucket bytes;
  private final Arrivals arrivals = new Arrivals();
  private volatile boolean muted;

  // Owned by the receive thread.
  private byte[] scratch = {};
  private int accepted;

  Publisher(
      Participant participant,
      FramePath path,
      MediaCounters counters,
      RoomLimits limits,
      long now) {
    this.participant = participant.number();
    speaker = new Speaker(this.participant);
    muted = participant.muted();
    this.path = path;
    this.counters = counters;
    frames = new TokenBucket(limits.frames(), now);
    bytes = new TokenBucket(limits.bytes(), now);
  }

  void setMuted(boolean nowMuted) {
    muted = nowMuted;
  }

  /// What came since this was last asked. Any thread may ask.
  Arrivals.Count arrivals() {
    return arrivals.take();
  }

  /// Takes what came in one datagram or message; the buffer may be reused afterwards.
  void publish(ByteBuffer received, long now) {
    int length = received.remaining();
    if (length > FrameHeader.MAX_BUNDLE_BYTES) {
      counters.dropped(DropReason.OVERSIZED, 1);
      return;
    }
    byte[] bundle = scratch(length);
    received.get(bundle, 0, length);
    int end = stamp(bundle, length, now);
    if (end == 0) {
      return;
    }
    if (muted) {
      counters.dropped(DropReason.MUTED, accepted);
      return;
    }
    int quiet = path.forward(speaker, bundle, end, now);
    if (quiet > 0) {
      counters.dropped(DropReason.NOT_LOUDEST, quiet);
    }
  }

  /// Most participants only listen, or send frames of one size.
  private byte[] scratch(int length) {
    if (scratch.length < length) {
      scratch = new byte[Math.min(FrameHeader.MAX_BUNDLE_BYTES, 2 * length)];
    }
    return scratch;
  }

  /// Checks and stamps frame by frame, up to the first that may not pass.
  ///
  /// @return where the good ones end; how many there are is in `accepted`
  private int stamp(byte[] bundle, int length, long now) {
    int offset = 0;
    accepted = 0;
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
      arrivals.note(FrameHeader.sequence(bundle, offset));
      offset += frame;
      accepted++;
    }
    if (accepted > 0) {
      counters.received(accepted, offset);
    }
    return offset;
  }
}
