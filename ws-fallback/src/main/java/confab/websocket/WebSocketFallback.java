package confab.websocket;

import confab.frames.Outbox;
import confab.protocol.CloseReason;
import confab.room.Admission.Admitted;
import confab.room.Admission.Refused;
import confab.room.Connection;
import confab.room.ControlQueue;
import confab.room.Rooms;
import confab.room.Transport;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.WebSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/// The end point of WebSocket links (RFC 6455). It asks for admission before the upgrade, so that a
/// refusal is an HTTP status, then makes a connection of the link and feeds it.
///
/// It runs on the I/O threads of Undertow. It relies on a small send buffer of the listener
/// (`SO_SNDBUF` of 16 KiB): the kernel would grow the buffer to megabytes and hide for half a
/// minute that a receiver has stopped reading.
public final class WebSocketFallback implements HttpHandler, AutoCloseable {
  /// How long [#close] waits for the peers to take the reason in.
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final Rooms rooms;
  private final BiConsumer<HttpServerExchange, Refused> refusals;

  /// Sockets from admission on and, until [#close], one more.
  private final AtomicInteger open = new AtomicInteger(1);

  private final CountDownLatch allClosed = new CountDownLatch(1);
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;

  /// @param refusals answers who is not let in, and ends the exchange
  public WebSocketFallback(Rooms rooms, BiConsumer<HttpServerExchange, Refused> refusals) {
    this.rooms = rooms;
    this.refusals = refusals;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (!asksForWebSocket(exchange)) {
      exchange.getResponseHeaders().put(Headers.UPGRADE, "websocket");
      exchange.getResponseHeaders().put(Headers.SEC_WEB_SOCKET_VERSION, "13");
      refusals.accept(
          exchange,
          new Refused(
              426, "upgrade_required", "This address speaks WebSocket only.", Duration.ZERO));
      return;
    }
    switch (rooms.admit(HttpAdmission.request(exchange))) {
      case Refused refused -> refusals.accept(exchange, refused);
      case Admitted admitted -> {
        open.incrementAndGet();
        WebSocketConnectionCallback upgraded = (request, channel) -> begin(admitted, channel);
        new WebSocketProtocolHandshakeHandler(List.of(new PlainHandshake()), upgraded)
            .handleRequest(exchange);
      }
    }
  }

  /// Asked before admission, which counts; what passes here, Undertow's handshake accepts.
  private static boolean asksForWebSocket(HttpServerExchange exchange) {
    var headers = exchange.getRequestHeaders();
    String upgrade = headers.getFirst(Headers.UPGRADE);
    String connection = headers.getFirst(Headers.CONNECTION);
    return exchange.getRequestMethod().equalToString("GET")
        && upgrade != null
        && upgrade.equalsIgnoreCase("websocket")
        && connection != null
        && connection.toLowerCase(java.util.Locale.ROOT).contains("upgrade")
        && headers.contains(Headers.SEC_WEB_SOCKET_KEY)
        && "13".equals(headers.getFirst(Headers.SEC_WEB_SOCKET_VERSION));
  }

  /// Called on the channel's I/O thread when the upgrade is done; nothing is read before it ends.
  private void begin(Admitted admitted, WebSocketChannel channel) {
    var link =
        new WebSocketLink(
            channel,
            new ControlQueue(rooms.limited()),
            new Outbox(rooms.counters(Transport.WEBSOCKET)));
    Connection connection = rooms.connect(admitted, link);
    link.failWith(connection);
    connections.add(connection);
    channel.addCloseTask(
        closed -> {
          connection.close(CloseReason.CONNECTION_LOST);
          connections.remove(connection);
          forgetOne();
        });
    channel.getReceiveSetter().set(new MessageListener(connection, link));
    channel.resumeReceives();
    // Admitted just before the rooms closed, joined just after.
    if (ending) {
      connection.close(CloseReason.SHUTDOWN);
    }
  }

  private void forgetOne() {
    if (open.decrementAndGet() == 0) {
      allClosed.countDown();
    }
  }

  /// Closes the connections that are still there with [CloseReason#SHUTDOWN] and waits a moment for
  /// the sockets to end, so that the peers learn the reason. Called once, after the rooms closed.
  @Override
  public void close() {
    ending = true;
    connections.forEach(connection -> connection.close(CloseReason.SHUTDOWN));
    forgetOne();
    try {
      boolean unused = allClosed.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
