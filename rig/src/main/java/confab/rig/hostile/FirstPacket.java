package confab.rig.hostile;

import java.nio.ByteBuffer;

/// What looks like the first packet of a QUIC connection (RFC 9000 §17.2.2) and is encrypted with
/// no key.
public final class FirstPacket {
  public static final int BYTES = 1_200;

  private static final int HEADER_BYTES = 26;

  private FirstPacket() {}

  /// @param id by which its connection differs from others
  public static byte[] of(int id) {
    return ByteBuffer.allocate(BYTES)
        .put((byte) 0xc3)
        .putInt(1)
        .put((byte) 8)
        .putLong(id)
        .put((byte) 8)
        .putLong(~id)
        .put((byte) 0)
        .putShort((short) (0x4000 | (BYTES - HEADER_BYTES)))
        .array();
  }
}
