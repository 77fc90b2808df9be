package confab.frames;

import confab.protocol.FrameHeader;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A participant's way into its room: checks, limits and stamps what comes, then hands it on. Frame
/// path: everything it needs is bound when the connection enters.
///
/// Owned by the connection's receive thread, except [#setMuted] and [#setMaxBitrate].
public final class Publisher {
  /// What Opus needs for 10 ms at 6 kbit/s, the least of both. Silence takes 1 to 3 bytes.
  private static final int LEAST_VOICE_BYTES = 8;

  private final int participant;
  private final Speaker speaker;
  private final FramePath path;
  private final MediaCounters counters;
  private final TokenBucket frames;
  private final TokenBucket bytes;
  private final ArrivalCounter arrivals = new ArrivalCounter();
  private volatile boolean muted;

  /// The payload bytes that a token grants; null where it sets no limit. Filled by the receive
  /// thread.
  private volatile @Nullable TokenBucket granted;

  // Owned by the receive thread.
  private byte[] scratch = {};
  private int accepted;

  /// @param participant stamped into every frame
  /// @param party equal for those who may be one person; in a large room a party keeps so many
  ///     places only while others want to speak
  /// @param counters of the transport that the participant came by
  /// @param now in nanoseconds, as all times here
  public Publisher(
      FramePath path,
      int participant,
      Object party,
      MediaLimits limits,
      MediaCounters counters,
      long now) {
    this.participant = participant;
    speaker = new Speaker(participant, party);
    this.path = path;
    this.counters = counters;
    frames = new TokenBucket(limits.frames(), now);
    bytes = new TokenBucket(limits.bytes(), now);
  }

  /// Whether what comes is dropped. Any thread may say so; it holds from the next bundle on.
  public void setMuted(boolean nowMuted) {
    muted = nowMuted;
  }

  /// How many bits of media a second may pass, for a second at once; empty for as many as all
  /// publishers may. Any thread may say so; it holds from the next frame on.
  public void setMaxBitrate(OptionalInt bits, long now) {
    granted = bits.isEmpty() ? null : new TokenBucket(payloadRate(bits.getAsInt()), now);
  }

  /// A single frame always passes.
  private static Rate payloadRate(int bits) {
    double bytes = bits / (double) Byte.SIZE;
    return new Rate(bytes, Math.max((int) bytes, FrameHeader.MAX_BUNDLE_BYTES));
  }

  /// What came since this was last asked. Any thread may ask.
  public Arrivals arrivals() {
    return arrivals.take();
  }

  /// Takes what came in one datagram or message; the buffer may be reused afterwards.
  public void publish(ByteBuffer received, long now) {
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

  /// Checks and stamps frame by frame, up to the first that may not pass, and leaves out those that
  /// a token does not grant and those of kinds that are not known.
  ///
  /// @return where the good ones end; how many there are is in `accepted`
  private int stamp(byte[] bundle, int length, long now) {
    int offset = 0;
    int end = 0;
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
      TokenBucket most = granted;
      if (most != null && !most.tryTake(frame - FrameHeader.BYTES, now)) {
        // It came: its publisher is not to take it for one that the network has lost.
        arrivals.note(FrameHeader.sequence(bundle, offset));
        counters.dropped(DropReason.OVER_BITRATE, 1);
      } else if (FrameHeader.kind(bundle, offset) == FrameHeader.KIND_AUDIO) {
        accept(bundle, offset, frame, end);
        end += frame;
      } else {
        counters.dropped(DropReason.UNKNOWN_KIND, 1);
      }
      offset += frame;
    }
    if (accepted > 0) {
      counters.received(accepted, end);
    }
    return end;
  }

  /// Stamps a frame and takes from it a claim that cannot be true. Moves it to `end` where others
  /// were left out before it.
  private void accept(byte[] bundle, int offset, int length, int end) {
    if (end != offset) {
      System.arraycopy(bundle, offset, bundle, end, length);
    }
    FrameHeader.setParticipant(bundle, end, participant);
    if (length < FrameHeader.BYTES + LEAST_VOICE_BYTES && FrameHeader.isVoiced(bundle, end)) {
      FrameHeader.clearVoice(bundle, end);
      counters.refuteVoice();
    }
    arrivals.note(FrameHeader.sequence(bundle, end));
    accepted++;
  }
}
