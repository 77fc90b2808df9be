package confab.webtransport.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.ReferenceCountUtil;

/// A unidirectional stream of a kind that we do not know, of which nothing is read
/// (RFC 9114 §6.2).
final class NettyRefusedStream extends ChannelInboundHandlerAdapter {
  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ((QuicStreamChannel) ctx.channel())
        .shutdownInput((int) Http3ErrorCode.H3_REQUEST_REJECTED.code());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  /// The peer has reset the stream, of which nothing would have been read anyway.
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}
}
