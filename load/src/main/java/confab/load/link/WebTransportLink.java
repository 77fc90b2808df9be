package confab.load.link;

import confab.protocol.CloseReason;
import confab.protocol.Request;
import confab.protocol.webtransport.Capsule;
import confab.protocol.webtransport.CapsuleReader;
import confab.protocol.webtransport.ControlStream;
import confab.protocol.webtransport.Varint;
import confab.protocol.webtransport.WebTransportNumbers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http3.DefaultHttp3DataFrame;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3RequestStreamInboundHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.Future;
import java.net.ProtocolException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A WebTransport session on a QUIC connection of its own. This handler takes its datagrams.
final class WebTransportLink extends ChannelInboundHandlerAdapter implements Link {
  /// So long the capsule that says goodbye has to arrive before the connection ends.
  private static final int LINGER_MILLIS = 300;

  private final URI url;
  private final Owner owner;
  private final Tunnel tunnel = new Tunnel();
  private @Nullable QuicChannel quic;
  private @Nullable QuicStreamChannel connect;
  private @Nullable QuicStreamChannel control;

  /// Stands before every datagram: a quarter of the CONNECT stream's id (RFC 9297 section 2.1).
  private byte[] prefix = {};

  private boolean over;

  /// @param url with the query parameters
  WebTransportLink(URI url, Owner owner) {
    this.url = url;
    this.owner = owner;
  }

  /// The QUIC connection stands, or does not.
  void onConnected(Future<QuicChannel> connection) {
    if (!connection.isSuccess()) {
      end(LoadException.why(connection.cause()));
    } else if (over) {
      hangUp(connection.getNow());
    } else {
      quic = connection.getNow();
      Http3.newRequestStream(quic, tunnel).addListener(this::requestAdmission);
    }
  }

  private void requestAdmission(Future<? super QuicStreamChannel> stream) {
    if (!stream.isSuccess()) {
      end(LoadException.why(stream.cause()));
      return;
    }
    connect = (QuicStreamChannel) stream.getNow();
    var request = new DefaultHttp3HeadersFrame();
    request
        .headers()
        .method("CONNECT")
        .scheme("https")
        .authority(url.getRawAuthority())
        .path(url.getRawPath() + "?" + url.getRawQuery())
        .add(":protocol", WebTransportNumbers.PROTOCOL)
        .add(WebTransportNumbers.DRAFT_02_HEADER, "1");
    connect.writeAndFlush(request);
  }

  private void onAdmitted(QuicStreamChannel session) {
    prefix = Varint.toBytes(WebTransportNumbers.quarterStreamId(session.streamId()));
    session
        .parent()
        .createStream(QuicStreamType.BIDIRECTIONAL, new Control())
        .addListener(stream -> onControlStream(session, stream));
  }

  private void onControlStream(
      QuicStreamChannel session, Future<? super QuicStreamChannel> stream) {
    if (!stream.isSuccess()) {
      end(LoadException.why(stream.cause()));
      return;
    }
    control = (QuicStreamChannel) stream.getNow();
    control.write(
        Unpooled.wrappedBuffer(
            Varint.toBytes(WebTransportNumbers.WT_BIDIRECTIONAL_STREAM),
            Varint.toBytes(session.streamId())));
    owner.onOpen();
  }

  @Override
  public void send(byte[] bundle) {
    if (quic != null && !over) {
      ByteBuf datagram = quic.alloc().directBuffer(prefix.length + bundle.length);
      datagram.writeBytes(prefix).writeBytes(bundle);
      quic.writeAndFlush(datagram, quic.voidPromise());
    }
  }

  @Override
  public void request(Request request) {
    if (control != null && !over) {
      control.writeAndFlush(Unpooled.wrappedBuffer(ControlStream.frame(request.toBytes())));
    }
  }

  @Override
  public @Nullable Future<?> leave() {
    QuicChannel leaving = quic;
    if (!over && leaving != null && connect != null) {
      var capsule = Unpooled.wrappedBuffer(Capsule.close(CloseReason.LEFT));
      connect
          .writeAndFlush(new DefaultHttp3DataFrame(capsule))
          .addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
      leaving.eventLoop().schedule(() -> hangUp(leaving), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }
    over = true;
    return leaving == null ? null : leaving.closeFuture();
  }

  private static void hangUp(QuicChannel quic) {
    quic.close(true, (int) WebTransportNumbers.H3_NO_ERROR, Unpooled.EMPTY_BUFFER);
  }

  /// Whether it was not over before.
  private boolean conclude() {
    if (over) {
      return false;
    }
    over = true;
    if (quic != null) {
      hangUp(quic);
    }
    return true;
  }

  private void end(String reason) {
    if (conclude()) {
      owner.onEnd(reason);
    }
  }

  private void refuse(int status) {
    if (conclude()) {
      owner.onRefused(status);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf datagram)) {
      context.fireChannelRead(message);
      return;
    }
    try {
      if (!over && datagram.readableBytes() > prefix.length) {
        datagram.skipBytes(prefix.length);
        owner.onBundle(datagram);
      }
    } finally {
      datagram.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end(tunnel.reason());
    context.fireChannelInactive();
  }

  /// The connection ends with it, which is what counts.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}

  /// The CONNECT stream: the answer, then capsules.
  private final class Tunnel extends Http3RequestStreamInboundHandler {
    private final CapsuleReader capsules = new CapsuleReader();
    private CloseReason reason = CloseReason.CONNECTION_LOST;

    @Override
    protected void channelRead(ChannelHandlerContext context, Http3HeadersFrame answer) {
      CharSequence status = answer.headers().status();
      if (status != null && "200".contentEquals(status)) {
        onAdmitted((QuicStreamChannel) context.channel());
      } else {
        refuse(status == null ? 0 : Integer.parseInt(status.toString()));
      }
    }

    @Override
    protected void channelRead(ChannelHandlerContext context, Http3DataFrame data) {
      try {
        if (capsules.read(data.content().nioBuffer())
            instanceof Capsule.CloseSession(long code, String _)) {
          reason = CloseReason.fromCode(code);
        }
      } catch (ProtocolException e) {
        // What follows is ignored, and the end of the stream says the rest.
      } finally {
        data.release();
      }
    }

    @Override
    protected void channelInputClosed(ChannelHandlerContext context) {
      end(reason());
    }

    /// The wire name that the edge gave.
    String reason() {
      return reason.wireName();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}
  }

  /// The control stream.
  private final class Control extends SimpleChannelInboundHandler<ByteBuf> {
    private final Events events = new Events(owner::onEvent);

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
      events.read(bytes);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}
  }
}
