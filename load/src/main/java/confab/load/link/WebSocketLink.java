package confab.load.link;

import confab.protocol.CloseReason;
import confab.protocol.Request;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// A WebSocket connection. `docs/PROTOCOL.md` section 2.2 says how messages are told apart.
final class WebSocketLink extends SimpleChannelInboundHandler<WebSocketFrame> implements Link {
  /// The first byte of a control message.
  private static final byte CONTROL = 0;

  /// Close codes of ours begin here.
  private static final int CLOSE_CODES = 4000;

  private final Owner owner;
  private @Nullable Channel channel;
  private boolean over;

  WebSocketLink(Owner owner) {
    this.owner = owner;
  }

  /// The TCP connection stands, or does not.
  void onConnected(ChannelFuture connection) {
    if (!connection.isSuccess()) {
      end(LoadException.why(connection.cause()));
    }
  }

  @Override
  public void send(byte[] bundle) {
    // A connection that does not take what it has been given gets no more.
    if (channel != null && !over && channel.isWritable()) {
      ByteBuf message = channel.alloc().directBuffer(bundle.length).writeBytes(bundle);
      channel.writeAndFlush(new BinaryWebSocketFrame(message), channel.voidPromise());
    }
  }

  @Override
  public void request(Request request) {
    if (channel != null && !over) {
      ByteBuf message = channel.alloc().directBuffer();
      message.writeByte(CONTROL).writeBytes(request.toBytes());
      channel.writeAndFlush(new BinaryWebSocketFrame(message));
    }
  }

  @Override
  public @Nullable Future<?> leave() {
    if (!over && channel != null) {
      var left = CloseReason.LEFT;
      channel
          .writeAndFlush(new CloseWebSocketFrame(CLOSE_CODES + left.code(), left.wireName()))
          .addListener(ChannelFutureListener.CLOSE);
    }
    over = true;
    return channel == null ? null : channel.closeFuture();
  }

  /// Whether it was not over before.
  private boolean conclude() {
    if (over) {
      return false;
    }
    over = true;
    if (channel != null) {
      channel.close();
    }
    return true;
  }

  private void end(String reason) {
    if (conclude()) {
      owner.onEnd(reason);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    if (over) {
      channel.close();
    }
    context.fireChannelActive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE && !over) {
      owner.onOpen();
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    if (over) {
      return;
    }
    switch (frame) {
      case BinaryWebSocketFrame message -> onMessage(message.content());
      case CloseWebSocketFrame close -> end(reason(close.statusCode()));
      // Bundles come in one piece, and of a long event only the beginning matters.
      default -> {}
    }
  }

  private void onMessage(ByteBuf message) {
    if (message.readableBytes() < 2) {
      return;
    }
    int start = message.readerIndex();
    if (message.getByte(start) == CONTROL) {
      owner.onEvent(Events.kind(message.getByte(start + 1)));
    } else {
      owner.onBundle(message);
    }
  }

  private static String reason(int code) {
    boolean ours = code >= CLOSE_CODES && code < CLOSE_CODES + 1000;
    return ours ? CloseReason.fromCode(code - CLOSE_CODES).wireName() : "closed with code " + code;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end(CloseReason.CONNECTION_LOST.wireName());
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof WebSocketClientHandshakeException refusal && refusal.response() != null) {
      if (conclude()) {
        owner.onRefused(refusal.response().status().code());
      }
    } else {
      end(LoadException.why(cause));
    }
  }
}
