package confab.protocol.webtransport;

import confab.protocol.CloseReason;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What travels on the CONNECT stream of a WebTransport session (RFC 9297 §3.2): type, length,
/// value. Only one type means something to Confab, the close of the session; others are skipped.
public sealed interface Capsule {
  /// Of a close: the draft allows 1024 bytes of reason behind 4 bytes of code (§6).
  int MAX_CLOSE_BYTES = 4 + 1024;

  record CloseSession(long code, String reason) implements Capsule {
    /// Why the participant that sent it goes. A browser whose page has crashed says 0 without a
    /// reason, as it does for a page that gives none; that page may well be back.
    public CloseReason fromParticipant() {
      return code == 0 && reason.isEmpty()
          ? CloseReason.CONNECTION_LOST
          : CloseReason.fromParticipant(code);
    }
  }

  /// A type that this version does not know; skipped, however long it is (RFC 9297 §3.2).
  record Unknown(long type) implements Capsule {}

  /// Blocks until a whole capsule is there.
  ///
  /// @return the capsule, or null when the stream ends between two capsules
  /// @throws ProtocolException when a close is longer than [#MAX_CLOSE_BYTES] or has no code
  /// @throws EOFException when the stream ends inside a capsule
  static @Nullable Capsule read(InputStream in) throws IOException {
    long type = Varint.read(in);
    if (type == Varint.END) {
      return null;
    }
    long length = Varint.read(in);
    if (length == Varint.END) {
      throw new EOFException();
    }
    if (type != WebTransportNumbers.WT_CLOSE_SESSION) {
      skip(in, length);
      return new Unknown(type);
    }
    if (length > MAX_CLOSE_BYTES) {
      throw new ProtocolException("close capsule of " + length + " bytes");
    }
    return parseClose(Varint.readFully(in, (int) length));
  }

  /// By reading: not every stream of HTTP/3 can skip.
  private static void skip(InputStream in, long length) throws IOException {
    byte[] piece = new byte[(int) Math.min(length, 1024)];
    for (long rest = length; rest > 0; ) {
      int read = in.read(piece, 0, (int) Math.min(rest, piece.length));
      if (read < 0) {
        throw new EOFException();
      }
      rest -= read;
    }
  }

  private static Capsule parseClose(byte[] value) throws ProtocolException {
    if (value.length < 4) {
      throw new ProtocolException("close capsule without a code");
    }
    long code = ByteBuffer.wrap(value).getInt() & 0xffff_ffffL;
    return new CloseSession(code, new String(value, 4, value.length - 4, StandardCharsets.UTF_8));
  }

  /// The capsule that ends a session for `reason`.
  static byte[] close(CloseReason reason) {
    byte[] text = reason.wireName().getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream();
    out.writeBytes(Varint.toBytes(WebTransportNumbers.WT_CLOSE_SESSION));
    out.writeBytes(Varint.toBytes(4 + text.length));
    out.writeBytes(ByteBuffer.allocate(4).putInt(reason.code()).array());
    out.writeBytes(text);
    return out.toByteArray();
  }
}
