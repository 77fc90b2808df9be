package confab.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import confab.frames.Rate;
import confab.protocol.address.Origins;
import confab.room.RoomLimits;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Who is let in, and what those who are not are told before the upgrade.
class WebSocketAdmissionTest {
  private static RoomLimits limits(int sessions, int participants, boolean createOnJoin) {
    return limits(sessions, participants, createOnJoin, new Rate(1000, 1000));
  }

  private static RoomLimits limits(
      int sessions, int participants, boolean createOnJoin, Rate connects) {
    return RoomLimits.defaults()
        .with(
            it -> {
              it.maxSessions = sessions;
              it.maxRooms = 100;
              it.maxParticipants = participants;
              it.createOnJoin = createOnJoin;
              it.connects = connects;
              it.roomCreations = new Rate(1000, 1000);
              it.allowedOrigins = Origins.parse(List.of("https://friend.example"));
            });
  }

  private static int status(TestServer server, String query) {
    return status(server, query, null);
  }

  /// The status of an upgrade; 101 when it succeeds, and then the socket is gone again.
  private static int status(TestServer server, String query, @Nullable String origin) {
    var builder = TestParticipant.HTTP.newWebSocketBuilder();
    if (origin != null) {
      builder.header("Origin", origin);
    }
    try {
      var listener = new java.net.http.WebSocket.Listener() {};
      builder.buildAsync(server.uri("ws", query), listener).join().abort();
      return 101;
    } catch (CompletionException e) {
      return Objects.requireNonNull((WebSocketHandshakeException) e.getCause())
          .getResponse()
          .statusCode();
    }
  }

  @Test
  void idsAndNamesThatAreNotAllowedAreBadRequests() {
    try (var server = new TestServer(RoomLimits.defaults())) {
      assertThat(status(server, "room=Bad+Room&user=a")).isEqualTo(400);
      assertThat(status(server, "room=demo&user=%20")).isEqualTo(400);
      assertThat(status(server, "room=demo&user=a&name=%00")).isEqualTo(400);
      assertThat(status(server, "user=a")).isEqualTo(400);
      assertThat(status(server, "room=demo&user=" + "a".repeat(4000))).isEqualTo(400);
      assertThat(server.rooms.roomCount()).isZero();
    }
  }

  @Test
  void aNameThatCannotBeDecodedIsABadRequest() throws IOException {
    try (var server = new TestServer(RoomLimits.defaults());
        var raw = new RawSocket(server.port())) {
      raw.upgrade("/ws?room=demo&user=a&name=%zz");
      assertThat(raw.readHead()).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void foreignPagesAreForbidden() {
    try (var server = new TestServer(limits(10, 10, true))) {
      assertThat(status(server, "room=demo&user=a", "https://evil.example")).isEqualTo(403);
      assertThat(status(server, "room=demo&user=a", "null")).isEqualTo(403);
      assertThat(status(server, "room=demo&user=a", "https://friend.example")).isEqualTo(101);
      assertThat(status(server, "room=demo&user=a", "http://127.0.0.1:9")).isEqualTo(101);
    }
  }

  @Test
  void aRoomThatIsNotThereIsNotFoundWhereJoiningDoesNotMakeRooms() {
    try (var server = new TestServer(limits(10, 10, false))) {
      assertThat(status(server, "room=demo&user=a")).isEqualTo(404);
    }
  }

  @Test
  void moreConnectsThanAllowedAreToldWhenToComeBack() throws Exception {
    try (var server = new TestServer(limits(10, 10, true, new Rate(0.1, 1)))) {
      assertThat(status(server, "room=demo&user=a")).isEqualTo(101);
      assertThat(status(server, "room=demo&user=a")).isEqualTo(429);

      try (var raw = new RawSocket(server.port())) {
        raw.upgrade("/ws?room=demo&user=a");
        String answer = raw.readHead();
        assertThat(answer).startsWith("HTTP/1.1 429").containsPattern("Retry-After: [1-9]");
        assertThat(raw.readText(20)).startsWith("{\"error\":\"rate_limit");
      }
    }
  }

  @Test
  void aFullRoomAndAFullEdgeAreUnavailable() {
    try (var server = new TestServer(limits(2, 1, true))) {
      TestParticipant.join(server, "demo", "a");
      assertThat(status(server, "room=demo&user=b")).isEqualTo(503);
      TestParticipant.join(server, "other", "b");
      assertThat(status(server, "room=third&user=c")).isEqualTo(503);
    }
  }

  @Test
  void anEdgeThatEndsLetsNobodyIn() {
    try (var server = new TestServer(RoomLimits.defaults())) {
      server.rooms.close();
      assertThat(status(server, "room=demo&user=a")).isEqualTo(503);
    }
  }

  @Test
  void aRequestThatIsNoUpgradeCountsForNothing() throws IOException, InterruptedException {
    try (var server = new TestServer(limits(10, 10, true, new Rate(0.1, 1)))) {
      var request = HttpRequest.newBuilder(server.uri("http", "room=demo&user=a")).build();
      var answer = TestParticipant.HTTP.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(426);
      assertThat(answer.headers().firstValue("Sec-WebSocket-Version")).contains("13");
      assertThat(status(server, "room=demo&user=a")).isEqualTo(101);
    }
  }
}
