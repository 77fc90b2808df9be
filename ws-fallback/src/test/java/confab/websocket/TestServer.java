package confab.websocket;

import confab.bus.LocalBus;
import confab.room.Admission.Refused;
import confab.room.RoomLimits;
import confab.room.Rooms;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.PathHandler;
import io.undertow.util.Headers;
import java.net.InetSocketAddress;
import java.net.URI;
import org.xnio.Options;

/// A real edge's WebSocket side on a free port of 127.0.0.1.
final class TestServer implements AutoCloseable {
  final Rooms rooms;
  private final WebSocketFallback fallback;
  private final Undertow undertow;

  TestServer(RoomLimits limits) {
    rooms = new Rooms("test", LocalBus.alone(), limits);
    fallback = new WebSocketFallback(rooms, TestServer::refuse);
    undertow =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setSocketOption(Options.SEND_BUFFER, 16 * 1024)
            .setHandler(new PathHandler().addExactPath("/ws", fallback))
            .build();
    undertow.start();
  }

  /// As an edge does, but for the words to a person.
  private static void refuse(HttpServerExchange exchange, Refused refused) {
    exchange.setStatusCode(refused.status());
    if (refused.retryAfter().isPositive()) {
      exchange.getResponseHeaders().put(Headers.RETRY_AFTER, refused.retryAfter().toSeconds());
    }
    exchange.getResponseSender().send("{\"error\":\"" + refused.error() + "\"}");
  }

  int port() {
    return ((InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress()).getPort();
  }

  URI uri(String scheme, String query) {
    return URI.create(scheme + "://127.0.0.1:" + port() + "/ws?" + query);
  }

  /// Ends as an edge does: sessions first.
  @Override
  public void close() {
    rooms.close();
    fallback.close();
    undertow.stop();
  }
}
