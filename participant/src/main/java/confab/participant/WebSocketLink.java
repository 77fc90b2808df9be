package confab.participant;

import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.FrameHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The fallback: everything in binary messages of one WebSocket.
///
/// All that is received comes on threads of the JDK, one at a time. One virtual thread writes; in
/// front of it stands a queue of [#QUEUE] messages: bundles that find it full are dropped, requests
/// wait a second for a place.
final class WebSocketLink implements Link {
  static final int QUEUE = 64;

  /// A WebSocket close code is this plus the code of the reason.
  private static final int CLOSE_CODES = 4000;

  private static final byte CONTROL = 0;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Receiver receiver;
  private final HttpClient http;
  private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicBoolean over = new AtomicBoolean();
  private @Nullable Thread writer;
  private @Nullable WebSocket socket;

  private WebSocketLink(HttpClient http, Receiver receiver) {
    this.http = http;
    this.receiver = receiver;
  }

  /// Blocks until the edge has admitted the participant; an interrupt ends that.
  ///
  /// @param url with the query parameters
  /// @throws JoinException also when that took longer than `timeout`
  static WebSocketLink open(URI url, boolean insecure, Receiver receiver, Duration timeout)
      throws JoinException {
    String where = url.getScheme() + "://" + url.getAuthority() + " over WebSocket";
    var link = new WebSocketLink(EdgeFinder.newHttp(insecure), receiver);
    try {
      link.connect(url, timeout);
      return link;
    } catch (ExecutionException e) {
      link.http.shutdownNow();
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        throw JoinException.refused(url.resolve("/"), refused.getResponse().statusCode());
      }
      throw JoinException.unreachable(where, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      link.http.shutdownNow();
      throw new JoinException(JoinException.UNREACHABLE, "no answer from " + where);
    } catch (InterruptedException e) {
      link.http.shutdownNow();
      Thread.currentThread().interrupt();
      throw JoinException.unreachable(where, e);
    }
  }

  private void connect(URI url, Duration timeout)
      throws ExecutionException, InterruptedException, TimeoutException {
    var connected =
        http.newWebSocketBuilder()
            .connectTimeout(timeout)
            .buildAsync(url, new Incoming())
            .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    socket = connected;
    writer = Thread.ofVirtual().name("websocket-writer").start(() -> write(connected));
  }

  private void write(WebSocket to) {
    try {
      while (!over.get()) {
        to.sendBinary(ByteBuffer.wrap(queue.take()), true).get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      end(Optional.empty(), "connection lost");
    }
  }

  @Override
  public Transport transport() {
    return Transport.WEBSOCKET;
  }

  @Override
  public boolean sendBundle(byte[] bundle) {
    // One place is left for requests, so that speech does not starve them.
    return !over.get() && queue.remainingCapacity() > 1 && queue.offer(bundle);
  }

  @Override
  public void sendRequest(byte[] request) throws IOException {
    byte[] message = new byte[1 + request.length];
    message[0] = CONTROL;
    System.arraycopy(request, 0, message, 1, request.length);
    try {
      if (over.get() || !queue.offer(message, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the connection does not take requests");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void end(Optional<CloseReason> reason, String detail) {
    if (over.compareAndSet(false, true)) {
      receiver.onEnd(new Session.Ending(reason, detail));
      shutDown();
    }
  }

  private void shutDown() {
    if (writer != null) {
      writer.interrupt();
    }
    http.shutdown();
  }

  @Override
  public void close(CloseReason reason) {
    if (!over.compareAndSet(false, true) || socket == null || writer == null) {
      return;
    }
    writer.interrupt();
    try {
      writer.join(PATIENCE);
      socket
          .sendClose(CLOSE_CODES + reason.code(), reason.wireName())
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | IllegalStateException e) {
      socket.abort();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.shutdown();
  }

  /// Gathers the pieces of a message; the JDK calls one method at a time.
  private final class Incoming implements WebSocket.Listener {
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] piece = new byte[data.remaining()];
      data.get(piece);
      message.writeBytes(piece);
      if (message.size() > 1 + Event.MAX_BYTES) {
        end(Optional.empty(), "the edge sent too long a message");
        from.abort();
        return null;
      }
      if (last) {
        deliver(message.toByteArray());
        message.reset();
      }
      from.request(1);
      return null;
    }

    private void deliver(byte[] bytes) {
      if (bytes.length > 1 && bytes[0] == CONTROL) {
        byte[] event = new byte[bytes.length - 1];
        System.arraycopy(bytes, 1, event, 0, event.length);
        receiver.onEvent(event);
      } else if (bytes.length <= FrameHeader.MAX_BUNDLE_BYTES) {
        receiver.onBundle(bytes);
      }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      boolean ours = code >= CLOSE_CODES && code < CLOSE_CODES + 1000;
      end(
          ours ? Optional.of(CloseReason.fromCode(code - CLOSE_CODES)) : Optional.empty(),
          reason.isBlank() ? "the connection was closed with code " + code : reason);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      end(Optional.empty(), "connection lost");
    }
  }
}
