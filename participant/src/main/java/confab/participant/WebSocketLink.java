package confab.participant;

import confab.participant.net.Http;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.FrameHeader;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/// The fallback: everything in binary messages of one WebSocket.
///
/// All that is received comes on one virtual thread. Messages that are sent wait in a queue of
/// OkHttp, which has no useful bound of its own: bundles that find [#MOST_BEFORE_BUNDLES] bytes in
/// it are dropped, requests that find [#MOST_BEFORE_REQUESTS] are refused.
final class WebSocketLink implements Link {
  /// Some two seconds of one speaker.
  static final long MOST_BEFORE_BUNDLES = 8 << 10;

  static final long MOST_BEFORE_REQUESTS = 64 << 10;

  /// A WebSocket close code is this plus the code of the reason.
  private static final int CLOSE_CODES = 4000;

  private static final int NORMAL_CLOSURE = 1000;
  private static final byte CONTROL = 0;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Receiver receiver;
  private final WebSocket socket;
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final CountDownLatch gone = new CountDownLatch(1);
  private final AtomicBoolean over = new AtomicBoolean();

  private WebSocketLink(URI url, boolean insecure, Receiver receiver, Duration timeout) {
    this.receiver = receiver;
    var request = new Request.Builder().url(url.toString()).build();
    socket = Http.newClient(insecure, timeout).newWebSocket(request, new Incoming());
  }

  /// Blocks until the edge has admitted the participant; an interrupt ends that.
  ///
  /// @param url with the query parameters
  /// @throws JoinException also when that took longer than `timeout`
  static WebSocketLink open(URI url, boolean insecure, Receiver receiver, Duration timeout)
      throws JoinException {
    String edge = url.getScheme() + "://" + url.getAuthority();
    WebSocketLink link;
    String where;
    try {
      where = Http.way(edge) + " over WebSocket";
      link = new WebSocketLink(url, insecure, receiver, timeout);
    } catch (IllegalArgumentException e) {
      throw JoinException.unreachable(edge, e);
    }
    try {
      link.opened.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return link;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refused refused) {
        throw JoinException.refused(url.resolve("/"), refused.status);
      }
      throw JoinException.unreachable(where, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      link.socket.cancel();
      throw JoinException.unreachable(where, e);
    } catch (InterruptedException e) {
      link.socket.cancel();
      Thread.currentThread().interrupt();
      throw JoinException.unreachable(where, e);
    }
  }

  /// An answer that does not open the WebSocket.
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    final int status;

    Refused(int status) {
      this.status = status;
    }
  }

  @Override
  public Transport transport() {
    return Transport.WEBSOCKET;
  }

  @Override
  public boolean sendBundle(byte[] bundle) {
    return !over.get()
        && socket.queueSize() < MOST_BEFORE_BUNDLES
        && socket.send(ByteString.of(bundle));
  }

  @Override
  public void sendRequest(byte[] request) throws IOException {
    byte[] message = new byte[1 + request.length];
    message[0] = CONTROL;
    System.arraycopy(request, 0, message, 1, request.length);
    boolean full = over.get() || socket.queueSize() >= MOST_BEFORE_REQUESTS;
    if (full || !socket.send(ByteString.of(message))) {
      throw new IOException("the connection does not take requests");
    }
  }

  private void end(Optional<CloseReason> reason, String detail) {
    gone.countDown();
    if (over.compareAndSet(false, true)) {
      receiver.onEnd(new Session.Ending(reason, detail));
    }
  }

  @Override
  public void close(CloseReason reason) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    socket.close(CLOSE_CODES + reason.code(), reason.wireName());
    try {
      // OkHttp writes on a thread that does not keep a process from ending.
      boolean _ = gone.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    socket.cancel();
  }

  /// OkHttp calls one method at a time.
  private final class Incoming extends WebSocketListener {
    @Override
    public void onOpen(WebSocket from, Response response) {
      opened.complete(null);
    }

    @Override
    public void onMessage(WebSocket from, ByteString message) {
      if (message.size() > 1 + Event.MAX_BYTES) {
        end(Optional.empty(), "the edge sent too long a message");
        from.cancel();
      } else if (message.size() > 1 && message.getByte(0) == CONTROL) {
        receiver.onEvent(message.substring(1).toByteArray());
      } else if (message.size() <= FrameHeader.MAX_BUNDLE_BYTES) {
        receiver.onBundle(message.toByteArray());
      }
    }

    @Override
    public void onClosing(WebSocket from, int code, String reason) {
      boolean ours = code >= CLOSE_CODES && code < CLOSE_CODES + 1000;
      end(
          ours ? Optional.of(CloseReason.fromCode(code - CLOSE_CODES)) : Optional.empty(),
          reason.isBlank() ? "the connection was closed with code " + code : reason);
      from.close(NORMAL_CLOSURE, null);
    }

    @Override
    public void onFailure(WebSocket from, Throwable error, @Nullable Response response) {
      opened.completeExceptionally(response == null ? error : new Refused(response.code()));
      end(Optional.empty(), "connection lost");
    }
  }
}
