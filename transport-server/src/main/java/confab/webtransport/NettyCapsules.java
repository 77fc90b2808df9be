package confab.webtransport;

import confab.protocol.Capsule;
import confab.protocol.CloseReason;
import confab.protocol.Varint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Finds the capsules in what a CONNECT stream brings, piece by piece.
///
/// Bound: one capsule of the size that [Capsule] allows, and the piece that has just come.
final class NettyCapsules {
  private ByteBuf unread = Unpooled.EMPTY_BUFFER;
  private boolean ended;

  /// Why the session is over, if these bytes say so; null while it goes on.
  @Nullable CloseReason read(ByteBuf piece) {
    if (ended) {
      return null;
    }
    unread = Unpooled.copiedBuffer(unread, piece);
    try {
      while (hasWhole()) {
        if (Capsule.read(new ByteBufInputStream(unread))
            instanceof Capsule.CloseSession(long code, String _)) {
          return end(CloseReason.fromCode(code));
        }
      }
      return null;
    } catch (IOException e) {
      return end(CloseReason.PROTOCOL_VIOLATION);
    }
  }

  /// Whether a whole capsule is there. True also for one that is too long, so that reading it
  /// fails.
  private boolean hasWhole() {
    int start = unread.readerIndex();
    long type = NettyVarint.read(unread);
    long length = type == Varint.TRUNCATED ? Varint.TRUNCATED : NettyVarint.read(unread);
    int available = unread.readableBytes();
    unread.readerIndex(start);
    return length != Varint.TRUNCATED && (length > Capsule.MAX_BYTES || available >= length);
  }

  private CloseReason end(CloseReason reason) {
    ended = true;
    release();
    return reason;
  }

  void release() {
    unread = Unpooled.EMPTY_BUFFER;
  }
}
