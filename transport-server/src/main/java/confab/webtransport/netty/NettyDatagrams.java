package confab.webtransport.netty;

import confab.frames.Bundle;
import confab.protocol.webtransport.Varint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// Makes datagrams of bundles. A bundle goes to everybody in a room, one right after another, and
/// nearly every session has the same id in front: they are all given the same buffer. Netty's codec
/// has quiche copy a datagram into its own queue and leaves the buffer's indices as they are, so no
/// duplicate is needed, which would be an object per receiver.
///
/// Bound: the bytes of one bundle, the latest. Owned by the event loop of its [NettyPort].
final class NettyDatagrams {
  private final ByteBufAllocator allocator;
  private @Nullable Bundle latest;
  private long latestQuarterStreamId;
  private @Nullable ByteBuf bytes;
  private boolean closed;

  NettyDatagrams(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /// A datagram for the caller to release, or to write to a QUIC channel, which releases it. Nobody
  /// may change it, its indices included.
  ByteBuf of(long quarterStreamId, Bundle bundle) {
    ByteBuf shared = bytes;
    if (shared != null && bundle == latest && quarterStreamId == latestQuarterStreamId) {
      return shared.retain();
    }
    ByteBuf made = make(quarterStreamId, bundle);
    if (closed) {
      return made;
    }
    forget();
    latest = bundle;
    latestQuarterStreamId = quarterStreamId;
    bytes = made;
    return made.retain();
  }

  private ByteBuf make(long quarterStreamId, Bundle bundle) {
    byte[] prefix = Varint.toBytes(quarterStreamId);
    int length = prefix.length + bundle.bytes().length;
    return allocator.directBuffer(length, length).writeBytes(prefix).writeBytes(bundle.bytes());
  }

  private void forget() {
    if (bytes != null) {
      bytes.release();
      bytes = null;
      latest = null;
    }
  }

  /// Lets go of the latest bundle, and keeps none from here on.
  void close() {
    closed = true;
    forget();
  }
}
