package confab.websocket;

import confab.frames.Bundle;
import confab.frames.Outbox;
import confab.protocol.CloseReason;
import confab.room.Connection;
import confab.room.ControlQueue;
import confab.room.Link;
import confab.room.Transport;
import io.undertow.websockets.core.CloseMessage;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioIoThread;

/// One WebSocket as the rooms see it. Any thread queues; only the channel's XNIO I/O thread writes,
/// so what is below "owned by the I/O thread" needs no lock.
///
/// Waking is a task on the I/O thread, at most one at a time per link, also when the caller
/// is that thread: a write that fails ends the connection, which must not happen while a room is
/// locked and sends. All bundles that wait for one I/O thread go out in one round of it, which is
/// cheaper than a write from each sender's thread.
///
/// Two queues stand before the socket. Media wait in the [Outbox], which drops the oldest, control
/// messages in a [ControlQueue]. Control goes first. At most [#MAX_IN_FLIGHT] messages are handed
/// to Undertow, whose own queue has no bound; when one has been sent, the next is taken.
final class WebSocketLink implements Link {
  /// Two keep the socket busy while the next is taken.
  static final int MAX_IN_FLIGHT = 2;

  /// Close codes 4000 to 4999 are for applications (RFC 6455 §7.4.2).
  static final int CLOSE_CODES = 4000;

  private static final byte CONTROL_PREFIX = 0;
  private static final int HARD_CLOSE_MILLIS = 1000;

  private final WebSocketChannel channel;
  private final XnioIoThread thread;
  private final ControlQueue control;
  private final Outbox outbox;
  private final AtomicBoolean woken = new AtomicBoolean();
  private final WebSocketCallback<Void> sendEnd = new SendEnd();

  // Owned by the I/O thread.
  private @Nullable Connection connection;
  private int inFlight;
  private boolean writing;
  private boolean closing;

  WebSocketLink(WebSocketChannel channel, ControlQueue control, Outbox outbox) {
    this.channel = channel;
    this.control = control;
    this.outbox = outbox;
    thread = channel.getIoThread();
  }

  /// What ends when a write fails. Called on the I/O thread, before anything is written.
  void failWith(Connection admitted) {
    connection = admitted;
  }

  @Override
  public Transport transport() {
    return Transport.WEBSOCKET;
  }

  @Override
  public void sendMedia(Bundle bundle, long now) {
    outbox.put(bundle, now);
    wake();
  }

  @Override
  public long framesDropped() {
    return outbox.framesDropped();
  }

  @Override
  public boolean sendControl(byte[] message, boolean words) {
    boolean kept = control.put(message, words, System.nanoTime());
    wake();
    return kept;
  }

  private void wake() {
    if (woken.compareAndSet(false, true)) {
      onIoThread(this::writeWhatWaits);
    }
  }

  /// Does nothing when the I/O threads have ended: then there is no socket any more, either.
  private void onIoThread(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      // Undertow has been stopped.
    }
  }

  private void writeWhatWaits() {
    woken.set(false);
    // A send may end, and come back here, before it returns; the loop below then goes on.
    if (writing) {
      return;
    }
    writing = true;
    long now = System.nanoTime();
    while (!closing && inFlight < MAX_IN_FLIGHT) {
      byte[] next = next(now);
      if (next == null) {
        break;
      }
      inFlight++;
      WebSockets.sendBinary(ByteBuffer.wrap(next), channel, sendEnd);
    }
    writing = false;
  }

  private byte @Nullable [] next(long now) {
    byte[] message = control.poll();
    if (message != null) {
      return withPrefix(message);
    }
    Bundle bundle = outbox.take(Integer.MAX_VALUE, now);
    return bundle == null ? null : bundle.bytes();
  }

  private static byte[] withPrefix(byte[] message) {
    byte[] prefixed = new byte[1 + message.length];
    prefixed[0] = CONTROL_PREFIX;
    System.arraycopy(message, 0, prefixed, 1, message.length);
    return prefixed;
  }

  /// Whether the close of this link has begun. Asked on the I/O thread.
  boolean closing() {
    return closing;
  }

  @Override
  public void close(CloseReason reason) {
    onIoThread(() -> closeNow(reason));
  }

  /// The peer has a moment to read the reason and to answer; one that reads nothing does not keep
  /// the socket.
  private void closeNow(CloseReason reason) {
    closing = true;
    if (channel.isOpen() && !channel.isCloseFrameSent()) {
      var message = new CloseMessage(CLOSE_CODES + reason.code(), reason.wireName());
      WebSockets.sendClose(message, channel, null);
      thread.executeAfter(
          () -> IoUtils.safeClose(channel), HARD_CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      IoUtils.safeClose(channel);
    }
  }

  /// Learns, on the I/O thread, what became of a message.
  private final class SendEnd implements WebSocketCallback<Void> {
    @Override
    public void complete(WebSocketChannel sender, @Nullable Void nothing) {
      inFlight--;
      writeWhatWaits();
    }

    @Override
    public void onError(WebSocketChannel sender, @Nullable Void nothing, Throwable error) {
      closing = true;
      if (connection != null) {
        connection.close(CloseReason.CONNECTION_LOST);
      }
    }
  }
}
