package confab.load;

import confab.protocol.FrameHeader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// What a frame of a load carries in place of sound: which load it belongs to, who sent it, and
/// when it was meant to leave. All offsets are of the frame's first byte.
final class Payload {
  /// Magic, load, room, publisher, time.
  static final int MIN_BYTES = 16;

  private static final int MAGIC = 0x6c64;

  private static final int AT_MAGIC = FrameHeader.BYTES;
  private static final int AT_LOAD = AT_MAGIC + 2;
  private static final int AT_ROOM = AT_LOAD + 2;
  private static final int AT_PUBLISHER = AT_ROOM + 2;
  private static final int AT_TIME = AT_PUBLISHER + 2;

  private static final VarHandle U16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle I64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Payload() {}

  /// Writes all but the time.
  static void sign(byte[] frame, int load, int room, int publisher) {
    U16.set(frame, AT_MAGIC, (short) MAGIC);
    U16.set(frame, AT_LOAD, (short) load);
    U16.set(frame, AT_ROOM, (short) room);
    U16.set(frame, AT_PUBLISHER, (short) publisher);
  }

  static void setTime(byte[] frame, long time) {
    I64.set(frame, AT_TIME, time);
  }

  /// Whether a frame of `length` bytes, header included, is of some load.
  static boolean isSigned(byte[] bytes, int offset, int length) {
    return length >= FrameHeader.BYTES + MIN_BYTES && u16(bytes, offset + AT_MAGIC) == MAGIC;
  }

  static int load(byte[] bytes, int offset) {
    return u16(bytes, offset + AT_LOAD);
  }

  static int room(byte[] bytes, int offset) {
    return u16(bytes, offset + AT_ROOM);
  }

  static int publisher(byte[] bytes, int offset) {
    return u16(bytes, offset + AT_PUBLISHER);
  }

  /// When the frame was meant to leave, which need not be when it did.
  static long time(byte[] bytes, int offset) {
    return (long) I64.get(bytes, offset + AT_TIME);
  }

  private static int u16(byte[] bytes, int offset) {
    return (short) U16.get(bytes, offset) & 0xffff;
  }
}
