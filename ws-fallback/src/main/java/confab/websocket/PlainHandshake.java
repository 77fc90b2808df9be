package confab.websocket;

import confab.protocol.CloseReason;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.protocol.framed.FrameHeaderData;
import io.undertow.websockets.core.CloseMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSocketException;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.core.protocol.version13.Hybi13Handshake;
import io.undertow.websockets.core.protocol.version13.WebSocket13Channel;
import io.undertow.websockets.extensions.CompositeExtensionFunction;
import io.undertow.websockets.spi.WebSocketHttpExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;

/// Makes WebSockets that tell a peer who breaks RFC 6455 no more than that. Undertow's own name the
/// fault in words of its parser, by which a stranger knows what runs here.
final class PlainHandshake extends Hybi13Handshake {
  @Override
  public WebSocketChannel createChannel(
      WebSocketHttpExchange exchange, StreamConnection connection, ByteBufferPool pool) {
    return new PlainChannel(exchange, connection, pool, getWebSocketLocation(exchange));
  }

  /// Owned by its I/O thread.
  private static final class PlainChannel extends WebSocket13Channel {
    /// A frame whose head is being read.
    private @Nullable PartialFrame begun;

    PlainChannel(
        WebSocketHttpExchange exchange,
        StreamConnection connection,
        ByteBufferPool pool,
        String location) {
      super(
          connection,
          pool,
          location,
          "",
          false,
          false,
          CompositeExtensionFunction.compose(List.of()),
          exchange.getPeerConnections(),
          exchange.getOptions());
    }

    /// As Undertow's, but for the text of the close.
    @Override
    protected @Nullable FrameHeaderData parseFrame(ByteBuffer data) throws IOException {
      PartialFrame frame = begun == null ? receiveFrame() : begun;
      begun = frame;
      try {
        frame.handle(data);
      } catch (WebSocketException e) {
        closePlainly();
        markReadsBroken(e);
        throw new IOException(e);
      }
      if (!frame.isDone()) {
        return null;
      }
      begun = null;
      return frame;
    }

    /// The payload of a control frame is not what it has to be.
    @Override
    protected void handleBrokenSourceChannel(Throwable fault) {
      if (fault instanceof WebSocketException) {
        closePlainly();
      }
    }

    private void closePlainly() {
      var message =
          new CloseMessage(CloseMessage.PROTOCOL_ERROR, CloseReason.PROTOCOL_VIOLATION.wireName());
      WebSockets.sendClose(message, this, null);
    }
  }
}
