package confab.webtransport.netty;

import confab.protocol.webtransport.Varint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.ReferenceCountUtil;

/// A unidirectional stream that says it is WebTransport's, from behind its type on. No more is read
/// than which session it belongs to; no session has such streams.
final class NettyUnidirectionalStream extends ChannelInboundHandlerAdapter {
  private final NettyConnection connection;
  private final ByteBuf beginning = Unpooled.buffer(NettyVarint.MAX_BYTES, NettyVarint.MAX_BYTES);
  private boolean known;

  NettyUnidirectionalStream(NettyConnection connection) {
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!known && message instanceof ByteBuf bytes) {
      bytes.readBytes(beginning, Math.min(bytes.readableBytes(), beginning.writableBytes()));
      long session = NettyVarint.read(beginning.readerIndex(0));
      if (session != Varint.TRUNCATED) {
        known = true;
        connection.onUnidirectionalStream(session, (QuicStreamChannel) ctx.channel());
      }
    }
    ReferenceCountUtil.release(message);
  }

  /// The peer has reset the stream, of which nothing would have been read anyway.
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}
}
