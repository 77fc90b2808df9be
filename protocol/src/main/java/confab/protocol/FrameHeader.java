package confab.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads and writes the 16-byte header of a media frame in place; `docs/PROTOCOL.md` section 1.1
/// has the fields. These are the only operations that an edge needs on a frame. They neither
/// allocate nor throw, whatever came over the network.
///
/// All offsets are of a frame's first byte. Except for [#frameLength], the caller has checked that
/// the frame lies inside the array.
public final class FrameHeader {
  public static final int BYTES = 16;
  public static final int VERSION = 1;
  public static final int KIND_AUDIO = 0;

  /// Fits the smallest datagram that QUIC guarantees on every path.
  public static final int MAX_BUNDLE_BYTES = 1200;

  public static final int MAX_PAYLOAD_BYTES = MAX_BUNDLE_BYTES - BYTES;

  /// What [#frameLength] answers when the version is not ours.
  public static final int WRONG_VERSION = -1;

  /// What [#frameLength] answers when the payload length is 0 or above the limit.
  public static final int WRONG_LENGTH = -2;

  /// What [#frameLength] answers when the bytes end before the frame does.
  public static final int TRUNCATED = -3;

  private static final int FLAG_ENCRYPTED = 1;
  private static final int VOICE = 0x80;

  private static final VarHandle U16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle U32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private FrameHeader() {}

  /// The length in bytes, header included, of the frame at `offset`, or one of the negative
  /// answers above. Never reads at or past `limit`.
  public static int frameLength(byte[] bytes, int offset, int limit) {
    if (limit - offset < BYTES) {
      return TRUNCATED;
    }
    if ((bytes[offset] & 0xff) >>> 6 != VERSION) {
      return WRONG_VERSION;
    }
    int payload = payloadLength(bytes, offset);
    if (payload == 0 || payload > MAX_PAYLOAD_BYTES) {
      return WRONG_LENGTH;
    }
    return payload > limit - offset - BYTES ? TRUNCATED : BYTES + payload;
  }

  /// Writes the first four bytes of an audio header.
  ///
  /// @param level as in RFC 6464: bit 7 voice, bits 6-0 loudness in -dBov
  static void setKindAndLength(
      byte[] bytes, int offset, boolean encrypted, int level, int payloadLength) {
    bytes[offset] = (byte) (VERSION << 6 | KIND_AUDIO << 4 | (encrypted ? FLAG_ENCRYPTED : 0));
    bytes[offset + 1] = (byte) level;
    U16.set(bytes, offset + 2, (short) payloadLength);
  }

  public static int kind(byte[] bytes, int offset) {
    return bytes[offset] >>> 4 & 3;
  }

  public static boolean encrypted(byte[] bytes, int offset) {
    return (bytes[offset] & FLAG_ENCRYPTED) != 0;
  }

  public static int level(byte[] bytes, int offset) {
    return bytes[offset + 1] & 0xff;
  }

  /// Whether the level says that the frame contains voice.
  public static boolean isVoiced(byte[] bytes, int offset) {
    return (bytes[offset + 1] & VOICE) != 0;
  }

  /// Makes the level say that it contains none.
  public static void clearVoice(byte[] bytes, int offset) {
    bytes[offset + 1] &= (byte) ~VOICE;
  }

  public static int payloadLength(byte[] bytes, int offset) {
    return (short) U16.get(bytes, offset + 2) & 0xffff;
  }

  public static int participant(byte[] bytes, int offset) {
    return (int) U32.get(bytes, offset + 4);
  }

  /// The edge's stamp: whose frame this is.
  public static void setParticipant(byte[] bytes, int offset, int participant) {
    U32.set(bytes, offset + 4, participant);
  }

  public static int sequence(byte[] bytes, int offset) {
    return (int) U32.get(bytes, offset + 8);
  }

  public static int timestamp(byte[] bytes, int offset) {
    return (int) U32.get(bytes, offset + 12);
  }

  static void setSequenceAndTimestamp(byte[] bytes, int offset, int sequence, int timestamp) {
    U32.set(bytes, offset + 8, sequence);
    U32.set(bytes, offset + 12, timestamp);
  }
}
