package confab.protocol;

import java.util.ArrayList;
import java.util.List;

/// One audio frame as participants handle it; edges use [FrameHeader] on the bytes instead.
///
/// @param encrypted the payload is end-to-end encrypted
/// @param level as in RFC 6464: bit 7 contains voice, bits 6-0 loudness in -dBov
/// @param participant who speaks; what a participant sends here is overwritten by its edge
/// @param sequence plus 1 for every frame of a publisher, wraps
/// @param timestamp 48 kHz ticks at the first sample, wraps
/// @param payload an Opus packet of 1 to [FrameHeader#MAX_PAYLOAD_BYTES] bytes; not copied, so the
///     maker does not change it afterwards
public record Frame(
    boolean encrypted, int level, int participant, int sequence, int timestamp, byte[] payload) {
  public static final int VOICE = 0x80;
  public static final int SILENCE = 127;

  /// @throws IllegalArgumentException when the payload is empty or too long
  public Frame {
    if (payload.length == 0 || payload.length > FrameHeader.MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException("payload of " + payload.length + " bytes");
    }
  }

  /// This frame alone as a bundle.
  public byte[] toBundle() {
    byte[] bundle = new byte[FrameHeader.BYTES + payload.length];
    FrameHeader.setKindAndLength(bundle, 0, encrypted, level, payload.length);
    FrameHeader.setParticipant(bundle, 0, participant);
    FrameHeader.setSequenceAndTimestamp(bundle, 0, sequence, timestamp);
    System.arraycopy(payload, 0, bundle, FrameHeader.BYTES, payload.length);
    return bundle;
  }

  /// The audio frames at the beginning of `bundle`, up to the first one that is not well-formed.
  /// Never throws; frames of kinds that this version does not know are left out.
  public static List<Frame> parseBundle(byte[] bundle) {
    List<Frame> frames = new ArrayList<>(4);
    int offset = 0;
    while (offset < bundle.length) {
      int length = FrameHeader.frameLength(bundle, offset, bundle.length);
      if (length < 0) {
        break;
      }
      if (FrameHeader.kind(bundle, offset) == FrameHeader.KIND_AUDIO) {
        frames.add(parse(bundle, offset, length));
      }
      offset += length;
    }
    return frames;
  }

  private static Frame parse(byte[] bundle, int offset, int length) {
    byte[] payload = new byte[length - FrameHeader.BYTES];
    System.arraycopy(bundle, offset + FrameHeader.BYTES, payload, 0, payload.length);
    return new Frame(
        FrameHeader.encrypted(bundle, offset),
        FrameHeader.level(bundle, offset),
        FrameHeader.participant(bundle, offset),
        FrameHeader.sequence(bundle, offset),
        FrameHeader.timestamp(bundle, offset),
        payload);
  }
}
