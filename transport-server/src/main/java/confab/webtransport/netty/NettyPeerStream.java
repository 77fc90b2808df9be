package confab.webtransport.netty;

import confab.protocol.webtransport.FrameFilter;
import confab.protocol.webtransport.Varint;
import confab.protocol.webtransport.WebTransportNumbers;
import confab.webtransport.engine.EngineLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The first handler of every stream that the peer opens. It finds out which bidirectional streams
/// are WebTransport's, since Netty's HTTP/3 codec takes them all for requests, and takes the codec
/// off those. Of all others at most [EngineLimits#MAX_HTTP_STREAM_BYTES] pass, unknown frames left
/// out: HTTP/3 frames say their own length and are gathered whole.
final class NettyPeerStream extends ChannelInboundHandlerAdapter {
  private final NettyConnection connection;
  private FrameFilter frames = FrameFilter.ofBidirectional();
  private boolean known;
  private long count;
  private @Nullable ByteBuf beginning;

  NettyPeerStream(NettyConnection connection) {
    this.connection = connection;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    known = stream(ctx).type() == QuicStreamType.UNIDIRECTIONAL;
    if (known) {
      frames = FrameFilter.ofUnidirectional();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (known) {
      pass(ctx, bytes);
    } else {
      recognize(ctx, beginning == null ? bytes : Unpooled.wrappedBuffer(beginning, bytes));
    }
  }

  private void pass(ChannelHandlerContext ctx, ByteBuf bytes) {
    ByteBuffer passing = ByteBuffer.allocate(bytes.readableBytes() + FrameFilter.MAX_HELD);
    frames.filter(bytes.nioBuffer(), passing);
    bytes.release();
    count += passing.flip().remaining();
    if (count > EngineLimits.MAX_HTTP_STREAM_BYTES) {
      connection.close(Http3ErrorCode.H3_EXCESSIVE_LOAD);
    } else if (passing.hasRemaining()) {
      ctx.fireChannelRead(Unpooled.wrappedBuffer(passing));
    }
  }

  private void recognize(ChannelHandlerContext ctx, ByteBuf bytes) {
    beginning = null;
    int start = bytes.readerIndex();
    long type = NettyVarint.read(bytes);
    if (type != WebTransportNumbers.WT_BIDIRECTIONAL_STREAM && type != Varint.TRUNCATED) {
      known = true;
      pass(ctx, bytes.readerIndex(start));
      return;
    }
    long session = type == Varint.TRUNCATED ? Varint.TRUNCATED : NettyVarint.read(bytes);
    if (session == Varint.TRUNCATED) {
      beginning = bytes.readerIndex(start);
      return;
    }
    hand(ctx, session, bytes);
  }

  private void hand(ChannelHandlerContext ctx, long session, ByteBuf bytes) {
    var bridge = new NettyBlockingStream(stream(ctx));
    while (ctx.pipeline().last() != this) {
      ctx.pipeline().removeLast();
    }
    ctx.pipeline().addLast(bridge);
    if (bytes.isReadable()) {
      ctx.fireChannelRead(bytes);
    } else {
      bytes.release();
    }
    ctx.pipeline().remove(this);
    connection.onBidirectionalStream(session, stream(ctx), bridge);
  }

  private static QuicStreamChannel stream(ChannelHandlerContext ctx) {
    return (QuicStreamChannel) ctx.channel();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (beginning != null) {
      beginning.release();
      beginning = null;
    }
    ctx.fireChannelInactive();
  }
}
