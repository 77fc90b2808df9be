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
/// Bound: one close, and the piece at hand; of other capsules nothing is kept, however long they
/// are.
public final class CapsuleReader {
  private byte[] unread = {};
  private long skipping;
  private boolean over;

  /// Reads until the session is closed or the stream ends. Blocks all the while.
  ///
  /// @return the close; null when the stream ends without one
  /// @throws ProtocolException when a close is malformed
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
  /// @throws ProtocolException when a close is malformed
  public Capsule.@Nullable CloseSession read(ByteBuffer piece) throws ProtocolException {
    append(piece);
    try {
      while (!over && skipUnknown()) {
        if (Capsule.read(new ByteArrayInputStream(unread)) instanceof Capsule.CloseSession close) {
          end();
          return close;
        }
      }
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
    int skipped = (int) Math.min(skipping, piece.remaining());
    skipping -= skipped;
    piece.position(piece.position() + skipped);
    int length = unread.length;
    unread = Arrays.copyOf(unread, length + piece.remaining());
    piece.get(unread, length, unread.length - length);
  }

  /// Whether a whole close is there to be read, or one that is so long that reading it fails.
  private boolean skipUnknown() {
    while (true) {
      long type = Varint.get(unread, 0);
      if (type == Varint.TRUNCATED) {
        return false;
      }
      int behindType = Varint.encodedLength(unread[0]);
      long length = Varint.get(unread, behindType);
      if (length == Varint.TRUNCATED) {
        return false;
      }
      int value = behindType + Varint.encodedLength(unread[behindType]);
      int there = unread.length - value;
      if (type == WebTransportNumbers.WT_CLOSE_SESSION) {
        return length > Capsule.MAX_CLOSE_BYTES || there >= length;
      }
      int skipped = (int) Math.min(length, there);
      skipping = length - skipped;
      unread = Arrays.copyOfRange(unread, value + skipped, unread.length);
    }
  }

  private void end() {
    over = true;
    unread = new byte[0];
  }
}
