package confab.protocol.webtransport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// The variable-length integers of QUIC (RFC 9000 §16): two bits of length, then 6 to 62 bits.
public final class Varint {
  /// What [#read] answers when the stream ends before the first byte.
  public static final long END = -1;

  /// What [#get] answers when the bytes end inside the integer.
  public static final long TRUNCATED = -2;

  private Varint() {}

  /// Reads one integer, blocking; [#END] at the end of the stream.
  ///
  /// @throws EOFException when the stream ends inside the integer
  public static long read(InputStream in) throws IOException {
    // A one-byte array rather than read(): Flupke's streams answer 0xff from read() as -1.
    byte[] one = new byte[1];
    if (in.read(one, 0, 1) <= 0) {
      return END;
    }
    int more = (1 << ((one[0] & 0xff) >>> 6)) - 1;
    long value = one[0] & 0x3f;
    for (byte next : readFully(in, more)) {
      value = value << 8 | next & 0xff;
    }
    return value;
  }

  /// Exactly `length` bytes. Unlike [InputStream#readNBytes], it never asks for 0 bytes: Flupke's
  /// streams block on that until more arrives.
  ///
  /// @throws EOFException when the stream ends before
  static byte[] readFully(InputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int have = 0; have < length; ) {
      int n = in.read(bytes, have, length - have);
      if (n < 0) {
        throw new EOFException();
      }
      have += n;
    }
    return bytes;
  }

  /// The integer at `offset`, or [#TRUNCATED]. It takes [#encodedLength] bytes.
  public static long get(byte[] bytes, int offset) {
    if (offset >= bytes.length || bytes.length - offset < encodedLength(bytes[offset])) {
      return TRUNCATED;
    }
    long value = bytes[offset] & 0x3f;
    for (int i = 1; i < encodedLength(bytes[offset]); i++) {
      value = value << 8 | bytes[offset + i] & 0xff;
    }
    return value;
  }

  /// How many bytes an integer takes that begins with `first`: 1, 2, 4 or 8.
  public static int encodedLength(byte first) {
    return 1 << ((first & 0xff) >>> 6);
  }

  /// The shortest form of `value`, which is 0 to 2^62 - 1.
  public static byte[] toBytes(long value) {
    if (value < 1 << 6) {
      return new byte[] {(byte) value};
    }
    if (value < 1 << 14) {
      return ByteBuffer.allocate(2).putShort((short) (value | 0x4000)).array();
    }
    if (value < 1 << 30) {
      return ByteBuffer.allocate(4).putInt((int) (value | 0x8000_0000L)).array();
    }
    return ByteBuffer.allocate(8).putLong(value | 0xc000_0000_0000_0000L).array();
  }
}
