package confab.websocket;

import confab.protocol.CloseReason;
import confab.protocol.Request;
import confab.room.Connection;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.CloseMessage;
import io.undertow.websockets.core.StreamSourceFrameChannel;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSocketException;
import io.undertow.websockets.core.WebSockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Feeds a connection with what comes on its WebSocket. Owned by the channel's I/O thread.
///
/// The listener reads messages itself, since Undertow answers a message that is too long with a
/// close code that is not ours. Bytes that are no WebSocket frame at all are answered by Undertow
/// with 1002 (RFC 6455 §7.4.1) before the listener hears of them.
final class MessageListener extends AbstractReceiveListener {
  /// The longest message that is allowed: a request behind its prefix. Bundles are shorter.
  static final int MAX_MESSAGE = 1 + Request.MAX_BYTES;

  /// A peer that sends pings and does not read pongs gets no more of them; the last one counts
  /// (RFC 6455 §5.5.3).
  private static final int MAX_PONGS_IN_FLIGHT = 4;

  private final Connection connection;
  private final WebSocketLink link;
  private int pongsInFlight;
  private boolean ended;

  /// For the next message; null while one is being read.
  private @Nullable ByteBuffer spare;

  MessageListener(Connection connection, WebSocketLink link) {
    this.connection = connection;
    this.link = link;
  }

  @Override
  protected void onBinary(WebSocketChannel channel, StreamSourceFrameChannel source)
      throws IOException {
    ByteBuffer buffer = spare == null ? ByteBuffer.allocate(MAX_MESSAGE + 1) : spare;
    spare = null;
    buffer.clear();
    if (!read(source, buffer)) {
      source.getReadSetter().set(more -> readOn(channel, more, buffer));
      source.resumeReads();
    }
  }

  private void readOn(
      WebSocketChannel channel, StreamSourceFrameChannel source, ByteBuffer buffer) {
    try {
      if (read(source, buffer)) {
        source.suspendReads();
      }
    } catch (IOException e) {
      source.suspendReads();
      onError(channel, e);
    }
  }

  /// Reads what is there; true when that was the rest of the message. Once the link closes,
  /// bytes are read only to reach the peer's answer.
  private boolean read(StreamSourceFrameChannel source, ByteBuffer buffer) throws IOException {
    while (true) {
      if (over()) {
        buffer.clear();
      }
      int count = source.read(buffer);
      if (count < 0) {
        onMessage(buffer.flip());
        spare = buffer;
        return true;
      }
      if (count == 0) {
        return false;
      }
      if (!buffer.hasRemaining()) {
        end(CloseReason.PROTOCOL_VIOLATION);
      }
    }
  }

  private void onMessage(ByteBuffer message) {
    if (over() || !message.hasRemaining()) {
      return;
    }
    if (message.get(message.position()) == 0) {
      byte[] request = new byte[message.remaining() - 1];
      message.get(message.position() + 1, request);
      connection.onControl(request);
    } else {
      connection.onBundle(message);
    }
  }

  @Override
  protected void onText(WebSocketChannel channel, StreamSourceFrameChannel source)
      throws IOException {
    end(CloseReason.PROTOCOL_VIOLATION);
    onBinary(channel, source);
  }

  @Override
  protected void onFullPingMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
    var data = message.getData();
    byte[] payload = bytesOf(data.getResource());
    data.close();
    if (pongsInFlight < MAX_PONGS_IN_FLIGHT && !over()) {
      pongsInFlight++;
      WebSockets.sendPong(ByteBuffer.wrap(payload), channel, new PongEnd());
    }
  }

  @Override
  protected void onFullPongMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
    message.getData().close();
  }

  @Override
  protected void onFullCloseMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
    var data = message.getData();
    byte[] payload = bytesOf(data.getResource());
    data.close();
    int code =
        payload.length < 2 ? CloseMessage.NORMAL_CLOSURE : ByteBuffer.wrap(payload).getChar();
    end(CloseReason.fromParticipant(code - WebSocketLink.CLOSE_CODES));
  }

  /// Copies the few bytes of a control frame (at most 125, RFC 6455 §5.5).
  private static byte[] bytesOf(ByteBuffer[] buffers) {
    int length = 0;
    for (ByteBuffer buffer : buffers) {
      length += buffer.remaining();
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    for (ByteBuffer buffer : buffers) {
      all.put(buffer);
    }
    return all.array();
  }

  /// A socket that breaks is everyday life and not worth a line in the log.
  @Override
  protected void onError(WebSocketChannel channel, Throwable error) {
    boolean malformed =
        error instanceof WebSocketException || error.getCause() instanceof WebSocketException;
    end(malformed ? CloseReason.PROTOCOL_VIOLATION : CloseReason.CONNECTION_LOST);
  }

  private void end(CloseReason reason) {
    ended = true;
    connection.close(reason);
  }

  /// Whether what still comes means nothing.
  private boolean over() {
    return ended || link.closing();
  }

  private final class PongEnd implements WebSocketCallback<Void> {
    @Override
    public void complete(WebSocketChannel channel, @Nullable Void nothing) {
      pongsInFlight--;
    }

    @Override
    public void onError(WebSocketChannel channel, @Nullable Void nothing, Throwable error) {
      pongsInFlight--;
    }
  }
}
