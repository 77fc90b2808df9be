package confab.webtransport.netty;

import confab.protocol.webtransport.Varint;
import io.netty.buffer.ByteBuf;

/// The variable-length integers of QUIC (RFC 9000 §16) in Netty's buffers.
final class NettyVarint {
  /// The longest.
  static final int MAX_BYTES = 8;

  private NettyVarint() {}

  /// Takes one integer; or takes nothing and answers [Varint#TRUNCATED].
  static long read(ByteBuf bytes) {
    if (!bytes.isReadable()) {
      return Varint.TRUNCATED;
    }
    int length = Varint.encodedLength(bytes.getByte(bytes.readerIndex()));
    if (bytes.readableBytes() < length) {
      return Varint.TRUNCATED;
    }
    long value = bytes.readByte() & 0x3f;
    for (int i = 1; i < length; i++) {
      value = value << 8 | bytes.readUnsignedByte();
    }
    return value;
  }
}
