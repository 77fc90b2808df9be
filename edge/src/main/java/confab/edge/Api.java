package confab.edge;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import confab.protocol.RoomId;
import confab.room.Admission.Admitted;
import confab.room.Admission.Refused;
import confab.room.Rooms;
import confab.websocket.HttpAdmission;
import confab.webtransport.Certificates;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The HTTP API of `docs/PROTOCOL.md` section 2.1. Each request runs on a virtual thread of its
/// own; how many there are is bounded by the listener's connections.
final class Api implements HttpHandler, AutoCloseable {
  private static final String ROOMS = "/rooms";

  private final Rooms rooms;
  private final Certificates certificates;
  private final EdgeUrls urls;
  private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("api-", 0).factory());

  Api(Rooms rooms, Certificates certificates, EdgeUrls urls) {
    this.rooms = rooms;
    this.certificates = certificates;
    this.urls = urls;
  }

  // The answers as JSON has them.

  record SessionAnswer(List<EdgeAnswer> edges) {}

  record EdgeAnswer(WebTransportAnswer webtransport, WebSocketAnswer websocket) {}

  record WebTransportAnswer(String url, List<String> certificateHashes) {}

  record WebSocketAnswer(String url) {}

  record CreatedAnswer(String room) {}

  record RoomAnswer(String room, int participants) {}

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    exchange.dispatch(threads, this::answer);
  }

  private void answer(HttpServerExchange exchange) {
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
    String path = exchange.getRelativePath();
    if (path.equals("/session")) {
      if (allows(exchange, "GET")) {
        session(exchange);
      }
    } else if (path.equals(ROOMS)) {
      if (allows(exchange, "POST")) {
        create(exchange);
      }
    } else if (path.startsWith(ROOMS + "/")) {
      if (allows(exchange, "GET")) {
        room(exchange, path.substring(ROOMS.length() + 1));
      }
    } else {
      refuse(exchange, 404, "not_found", "There is nothing at this address.");
    }
  }

  private void session(HttpServerExchange exchange) {
    boolean secure = exchange.getRequestScheme().equals("https");
    var found = urls.of(exchange.getRequestHeaders().getFirst(Headers.HOST), secure);
    if (found == null) {
      refuse(exchange, 400, "bad_host", "The Host header is not a host and a port.");
      return;
    }
    switch (rooms.preview(HttpAdmission.request(exchange))) {
      case Refused refused -> HttpAdmission.refuse(exchange, refused);
      case Admitted admitted -> {
        var webTransport = new WebTransportAnswer(found.webTransport(), hashes());
        var webSocket = new WebSocketAnswer(found.webSocket());
        var edge = new EdgeAnswer(webTransport, webSocket);
        send(exchange, 200, new SessionAnswer(List.of(edge)));
      }
    }
  }

  private List<String> hashes() {
    return certificates.hashes().stream().map(Base64.getEncoder()::encodeToString).toList();
  }

  private void create(HttpServerExchange exchange) {
    switch (rooms.create(exchange.getSourceAddress().getAddress())) {
      case Rooms.Creation.Created(RoomId room) ->
          send(exchange, 201, new CreatedAnswer(room.value()));
      case Rooms.Creation.NotCreated(Refused why) -> HttpAdmission.refuse(exchange, why);
    }
  }

  private void room(HttpServerExchange exchange, String id) {
    OptionalInt participants =
        RoomId.isValid(id) ? rooms.participants(new RoomId(id)) : OptionalInt.empty();
    if (participants.isPresent()) {
      send(exchange, 200, new RoomAnswer(id, participants.getAsInt()));
    } else {
      refuse(exchange, 404, "room_not_found", "There is no such room.");
    }
  }

  /// Answers 405 when the method is another; HEAD is GET without the body (RFC 9110 §9.3.2).
  private static boolean allows(HttpServerExchange exchange, String method) {
    String asked = exchange.getRequestMethod().toString();
    if (asked.equals(method) || (asked.equals("HEAD") && method.equals("GET"))) {
      return true;
    }
    exchange.getResponseHeaders().put(Headers.ALLOW, method);
    refuse(exchange, 405, "method_not_allowed", "This address takes " + method + " only.");
    return false;
  }

  private void send(HttpServerExchange exchange, int status, Object answer) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
    exchange.getResponseSender().send(gson.toJson(answer));
  }

  private static void refuse(
      HttpServerExchange exchange, int status, String error, String message) {
    HttpAdmission.refuse(exchange, new Refused(status, error, message, Duration.ZERO));
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
