package confab.protocol.webtransport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the CONNECT stream of a WebTransport session to the capsule that closes it; others are
/// skipped. Either blocking, with [#awaitClose], or piece by piece as the bytes come, by an
/// instance that one thread uses.
///
/// Bound: one capsule of the size that [Capsule] allows, and the piece at hand.
public final class CapsuleReader {
  private byte[] unread = {};
  private boolean over;

  /// Reads until the session is closed or the stream ends. Blocks all the while.
  ///
  /// @return the close; null when the stream ends without one
  /// @throws ProtocolException when a capsule is malformed
  /// @throws IOException when the stream breaks off, also inside a capsule
  public static Capsule.@Nullable CloseSession awaitClose(InputStream in) throws IOException {
    Capsule capsule = Capsule.read(in);
    while (capsule != null && !(capsule instanceof Capsule.CloseSession)) {
      capsule = Capsule.read(in);
    }
    return (Capsule.CloseSession) capsule;
  }

  /// Takes the next bytes of the stream, all that remain in `piece`. What follows a close, or an
  /// exception, is ignored.
  ///
  /// @return the close, as soon as it is complete; null while the session goes on
  /// @throws ProtocolException when a capsule is malformed
  public Capsule.@Nullable CloseSession read(ByteBuffer piece) throws ProtocolException {
    append(piece);
    try {
      var in = new ByteArrayInputStream(unread);
      while (!over && hasWhole(unread.length - in.available())) {
        if (Capsule.read(in) instanceof Capsule.CloseSession close) {
          end();
          return close;
        }
      }
      unread = in.readAllBytes();
      return null;
    } catch (ProtocolException e) {
      end();
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("the capsule is whole", e);
    }
  }

  private void append(ByteBuffer piece) {
    if (over) {
      return;
    }
    int length = unread.length;
    unread = Arrays.copyOf(unread, length + piece.remaining());
    piece.get(unread, length, unread.length - length);
  }

  /// Also when the capsule there is so long that reading it fails.
  private boolean hasWhole(int start) {
    long type = Varint.get(unread, start);
    if (type == Varint.TRUNCATED) {
      return false;
    }
    int behindType = start + Varint.encodedLength(unread[start]);
    long length = Varint.get(unread, behindType);
    if (length == Varint.TRUNCATED) {
      return false;
    }
    int value = behindType + Varint.encodedLength(unread[behindType]);
    return length > Capsule.MAX_BYTES || unread.length - value >= length;
  }

  private void end() {
    over = true;
    unread = new byte[0];
  }
}
