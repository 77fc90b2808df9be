package confab.websocket;

import static confab.rig.Patience.await;

import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Request;
import confab.rig.Patience;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A participant on the JDK's WebSocket.
final class TestParticipant implements WebSocket.Listener {
  static final HttpClient HTTP = HttpClient.newHttpClient();

  record Closed(int code, String reason) {}

  final List<Event> events = new CopyOnWriteArrayList<>();
  final List<Frame> frames = new CopyOnWriteArrayList<>();
  final CompletableFuture<Closed> closed = new CompletableFuture<>();
  private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
  private final WebSocket socket;

  private TestParticipant(TestServer server, String query) {
    socket = HTTP.newWebSocketBuilder().buildAsync(server.uri("ws", query), this).join();
  }

  /// Returns when the participant is welcome.
  static TestParticipant join(TestServer server, String room, String user) {
    return joinAs(server, "room=" + room + "&user=" + user);
  }

  static TestParticipant joinAs(TestServer server, String query) {
    var participant = new TestParticipant(server, query);
    participant.send(new Request.Enter());
    participant.event(Event.Welcome.class);
    return participant;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    partial.writeBytes(bytes);
    if (last) {
      onMessage(partial.toByteArray());
      partial.reset();
    }
    from.request(1);
    return null;
  }

  private void onMessage(byte[] message) {
    if (message[0] == 0) {
      events.addAll(Event.parse(java.util.Arrays.copyOfRange(message, 1, message.length)));
    } else {
      frames.addAll(Frame.parseBundle(message));
    }
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(new Closed(code, reason));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }

  void send(Request request) {
    byte[] message = request.toBytes();
    sendRaw(ByteBuffer.allocate(1 + message.length).put((byte) 0).put(message).flip());
  }

  void sendRaw(ByteBuffer message) {
    socket.sendBinary(message, true).join();
  }

  void sendText(String text) {
    socket.sendText(text, true).join();
  }

  /// Speaks one frame that claims to be somebody else's.
  void speak(int sequence) {
    byte[] payload = {1, 2, 3, (byte) sequence};
    sendRaw(
        ByteBuffer.wrap(new Frame(false, 42, 0xbad, sequence, 960 * sequence, payload).toBundle()));
  }

  void leave(int code) {
    socket.sendClose(code, "").join();
  }

  void vanish() {
    socket.abort();
  }

  Event.Welcome welcome() {
    return event(Event.Welcome.class);
  }

  int number() {
    return welcome().you().number();
  }

  /// Waits for the first event of `kind`.
  <E extends Event> E event(Class<E> kind) {
    return event(kind, any -> true);
  }

  <E extends Event> E event(Class<E> kind, Predicate<E> wanted) {
    return await()
        .until(
            () ->
                events.stream().filter(kind::isInstance).map(kind::cast).filter(wanted).findFirst(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  /// Waits until the edge closes.
  Closed closed() {
    return closed.orTimeout(Patience.seconds(), java.util.concurrent.TimeUnit.SECONDS).join();
  }

  boolean isOpen() {
    return !closed.isDone();
  }
}
