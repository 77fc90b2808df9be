package confab.protocol.webtransport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;

/// How control messages stand on the control stream of WebTransport: each behind its length as a
/// Protobuf varint.
public final class ControlStream {
  private ControlStream() {}

  /// Blocks until a whole message is there.
  ///
  /// @return the message, or null when the stream ends between two messages
  /// @throws ProtocolException when the length is not a varint or is above `maxBytes`
  /// @throws EOFException when the stream ends inside a message
  public static byte @Nullable [] read(InputStream in, int maxBytes) throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    long length = readLength(in, first);
    if (length > maxBytes) {
      throw new ProtocolException("control message of " + length + " bytes");
    }
    return Varint.readFully(in, (int) length);
  }

  private static long readLength(InputStream in, int first) throws IOException {
    long length = first & 0x7f;
    int next = first;
    for (int shift = 7; (next & 0x80) != 0; shift += 7) {
      next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      if (shift > 28) {
        throw new ProtocolException("length of a control message is too long");
      }
      length |= (long) (next & 0x7f) << shift;
    }
    return length;
  }

  /// The message behind its length, ready to be written in one piece.
  public static byte[] frame(byte[] message) {
    int prefix = 1;
    for (int rest = message.length >>> 7; rest != 0; rest >>>= 7) {
      prefix++;
    }
    byte[] framed = new byte[prefix + message.length];
    int rest = message.length;
    for (int i = 0; i < prefix; i++) {
      framed[i] = (byte) (i < prefix - 1 ? rest & 0x7f | 0x80 : rest);
      rest >>>= 7;
    }
    System.arraycopy(message, 0, framed, prefix, message.length);
    return framed;
  }
}
