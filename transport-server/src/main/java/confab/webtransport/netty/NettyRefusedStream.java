package confab.webtransport.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.ReferenceCountUtil;

/// A unidirectional stream of which nothing is read: one of WebTransport, which its session will
/// not have, or of a kind that we do not know (RFC 9114 §6.2).
final class NettyRefusedStream extends ChannelInboundHandlerAdapter {
  private final NettyConnection connection;
  private final boolean webTransport;

  NettyRefusedStream(NettyConnection connection, boolean webTransport) {
    this.connection = connection;
    this.webTransport = webTransport;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ((QuicStreamChannel) ctx.channel())
        .shutdownInput((int) Http3ErrorCode.H3_REQUEST_REJECTED.code());
    if (webTransport) {
      connection.onUnidirectionalStream();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  /// The peer has reset the stream, of which nothing would have been read anyway.
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}
}
