package confab.webtransport.netty;

import confab.protocol.CloseReason;
import confab.protocol.webtransport.Capsule;
import confab.protocol.webtransport.CapsuleReader;
import confab.protocol.webtransport.WebTransportNumbers;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3Headers;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3RequestStreamInboundHandler;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;

/// A request of HTTP/3. When it is an extended CONNECT for `webtransport` (RFC 9220), the stream
/// lives as long as its session and carries capsules. Another protocol is answered 501, anything
/// else 404.
///
/// Owned by the event loop.
final class NettyRequestStream extends Http3RequestStreamInboundHandler {
  private final NettyConnection connection;
  private final CapsuleReader capsules = new CapsuleReader();
  private @Nullable NettyConnectRequest request;

  NettyRequestStream(NettyConnection connection) {
    this.connection = connection;
  }

  @Override
  protected void channelRead(ChannelHandlerContext ctx, Http3HeadersFrame frame) {
    if (request != null) {
      return; // Trailers.
    }
    Http3Headers headers = frame.headers();
    request = new NettyConnectRequest(connection, (QuicStreamChannel) ctx.channel(), headers);
    CharSequence method = headers.method();
    CharSequence protocol = headers.get(":protocol");
    if (method == null || !"CONNECT".contentEquals(method) || protocol == null) {
      request.answer(404);
    } else if (WebTransportNumbers.PROTOCOLS.contains(protocol.toString())) {
      connection.onConnect(request);
    } else {
      request.answer(501);
    }
  }

  @Override
  protected void channelRead(ChannelHandlerContext ctx, Http3DataFrame frame) {
    try {
      if (capsules.read(frame.content().nioBuffer()) instanceof Capsule.CloseSession close) {
        gone(close.fromParticipant());
      }
    } catch (ProtocolException e) {
      gone(CloseReason.PROTOCOL_VIOLATION);
    } finally {
      frame.release();
    }
  }

  @Override
  protected void channelInputClosed(ChannelHandlerContext ctx) {
    gone(CloseReason.CONNECTION_LOST);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    gone(CloseReason.CONNECTION_LOST);
    ctx.fireChannelInactive();
  }

  /// The peer has reset the stream, or sent what is not HTTP/3, upon which the codec closes.
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    gone(CloseReason.CONNECTION_LOST);
  }

  private void gone(CloseReason reason) {
    if (request != null) {
      request.gone(reason);
    }
  }
}
