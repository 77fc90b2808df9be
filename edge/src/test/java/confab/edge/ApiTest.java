package confab.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import confab.frames.Rate;
import confab.protocol.address.Origins;
import confab.room.RoomLimits;
import java.net.InetSocketAddress;
import java.net.http.HttpClient.Version;
import java.net.http.WebSocket;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The HTTP API of `docs/PROTOCOL.md` section 2.1.
class ApiTest {
  private static Edge edge;

  @BeforeAll
  static void start() throws StartException {
    edge = Edge.start(EdgeConfig.onLoopback());
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  private static JsonObject onlyEdge(JsonObject answer) {
    JsonArray edges = answer.getAsJsonArray("edges");
    assertThat(edges).hasSize(1);
    return edges.get(0).getAsJsonObject();
  }

  private static String url(JsonObject edgeAnswer, String transport) {
    return edgeAnswer.getAsJsonObject(transport).get("url").getAsString();
  }

  @Test
  void sessionNamesWhereToConnectAndTheHashesToAccept() throws Exception {
    var answer = Http.get(edge.httpAddress(), "/api/v1/session?room=demo&user=alice&name=A%20B");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    JsonObject found = onlyEdge(Http.json(answer));
    assertThat(url(found, "webtransport"))
        .isEqualTo("https://127.0.0.1:" + edge.quicAddress().getPort() + "/wt");
    assertThat(url(found, "websocket"))
        .isEqualTo("ws://127.0.0.1:" + edge.httpAddress().getPort() + "/ws");
    JsonArray hashes = found.getAsJsonObject("webtransport").getAsJsonArray("certificateHashes");
    assertThat(hashes).isNotEmpty();
    assertThat(Base64.getDecoder().decode(hashes.get(0).getAsString())).hasSize(32);
  }

  @Test
  void overTlsTheApiSpeaksHttp2AndNamesASecureWebSocket() throws Exception {
    var answer = Http.getSecurely(edge.httpsAddress(), "/api/v1/session?room=demo&user=alice");

    assertThat(answer.version()).isEqualTo(Version.HTTP_2);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(url(onlyEdge(Http.json(answer)), "websocket"))
        .isEqualTo("wss://127.0.0.1:" + edge.httpsAddress().getPort() + "/ws");
  }

  @Test
  void sessionSaysWhyAJoinWouldBeRefused() throws Exception {
    var address = edge.httpAddress();
    var badRoom = Http.get(address, "/api/v1/session?room=No%20Room&user=alice");
    var badUser = Http.get(address, "/api/v1/session?room=demo");
    var badName = Http.get(address, "/api/v1/session?room=demo&user=a&name=%0A");

    assertThat(badRoom.statusCode()).isEqualTo(400);
    assertThat(Http.error(badRoom)).isEqualTo("bad_room");
    assertThat(Http.json(badRoom).get("message").getAsString()).contains("room id");
    assertThat(Http.error(badUser)).isEqualTo("bad_user");
    assertThat(Http.error(badName)).isEqualTo("bad_name");
  }

  /// A page elsewhere that may join finds out where, and nothing besides.
  @Test
  void aPageOfAnAllowedOriginMayReadWhereToConnect() throws Exception {
    Origins friends = Origins.parse(List.of("https://*.friend.example"));
    RoomLimits limits = RoomLimits.defaults().with(it -> it.allowedOrigins = friends);
    try (Edge open = Edge.start(EdgeConfig.onLoopback().withLimits(limits))) {
      String friend = "https://a.friend.example";
      String session = "/api/v1/session?user=a&room=";
      for (String room : List.of("demo", "No%20room")) {
        var answer = Http.send(open.httpAddress(), "GET", session + room, "Origin", friend);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(friend);
        assertThat(answer.headers().firstValue("Vary")).contains("Origin");
      }
      var others =
          List.of(
              Http.send(open.httpAddress(), "GET", session + "demo", "Origin", "https://b.example"),
              Http.send(open.httpAddress(), "POST", "/api/v1/rooms", "Origin", friend),
              Http.send(open.httpAddress(), "GET", "/api/v1/page", "Origin", friend),
              Http.send(open.httpAddress(), "GET", "/", "Origin", friend));
      assertThat(others)
          .allSatisfy(
              answer ->
                  assertThat(answer.headers().map())
                      .doesNotContainKey("access-control-allow-origin"));
    }
  }

  @Test
  void aHostThatIsNoneIsRefused() throws Exception {
    String answer =
        Http.raw(
            edge.httpAddress(),
            "GET /api/v1/session?room=demo&user=a HTTP/1.1\r\nHost: evil:1:2\r\n"
                + "Connection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400");
  }

  @Test
  void localhostBecomesTheAddressOfTheUdpSocket() throws Exception {
    String answer =
        Http.raw(
            edge.httpAddress(),
            "GET /api/v1/session?room=demo&user=a HTTP/1.1\r\nHost: LocalHost:81\r\n"
                + "Connection: close\r\n\r\n");
    assertThat(answer)
        .contains("\"https://127.0.0.1:" + edge.quicAddress().getPort() + "/wt\"")
        .contains("\"ws://LocalHost:81/ws\"");
  }

  @Test
  void aPageOfAnotherHostIsForbidden() throws Exception {
    String answer =
        Http.raw(
            edge.httpAddress(),
            "GET /api/v1/session?room=demo&user=a HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "Origin: https://evil.example\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 403").contains("origin_forbidden");
  }

  @Test
  void aRoomIsMadeAndItsParticipantsAreCounted() throws Exception {
    var address = edge.httpAddress();
    var created = Http.send(address, "POST", "/api/v1/rooms");
    assertThat(created.statusCode()).isEqualTo(201);
    String room = Http.json(created).get("room").getAsString();
    assertThat(room).matches("[a-z]+-[a-z]+(-[0-9a-hjkmnp-tv-z]{4}){3}");
    assertThat(participants(room)).isZero();

    WebSocket alice = Http.joinAndWait(address, "room=" + room + "&user=alice");
    assertThat(participants(room)).isEqualTo(1);
    alice.abort();
  }

  private static int participants(String room) throws Exception {
    var answer = Http.get(edge.httpAddress(), "/api/v1/rooms/" + room);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Http.json(answer).get("room").getAsString()).isEqualTo(room);
    return Http.json(answer).get("participants").getAsInt();
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    var noRoom = Http.get(edge.httpAddress(), "/api/v1/rooms/nowhere");
    var noRoomId = Http.get(edge.httpAddress(), "/api/v1/rooms/No%2FRoom");
    var nothing = Http.get(edge.httpAddress(), "/api/v1/nothing");

    assertThat(noRoom.statusCode()).isEqualTo(404);
    assertThat(Http.error(noRoom)).isEqualTo("room_not_found");
    assertThat(Http.error(noRoomId)).isEqualTo("room_not_found");
    assertThat(nothing.statusCode()).isEqualTo(404);
    assertThat(Http.error(nothing)).isEqualTo("not_found");
  }

  @Test
  void anotherMethodIsNotAllowed() throws Exception {
    var deleted = Http.send(edge.httpAddress(), "DELETE", "/api/v1/session");
    var read = Http.get(edge.httpAddress(), "/api/v1/rooms");

    assertThat(deleted.statusCode()).isEqualTo(405);
    assertThat(deleted.headers().firstValue("Allow")).contains("GET");
    assertThat(Http.error(deleted)).isEqualTo("method_not_allowed");
    assertThat(read.statusCode()).isEqualTo(405);
    assertThat(read.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void theWebSocketEndPointRefusesAsTheApiDoes() throws Exception {
    var noUpgrade = Http.get(edge.httpAddress(), "/ws?room=demo&user=a");

    assertThat(noUpgrade.statusCode()).isEqualTo(426);
    assertThat(noUpgrade.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(Http.error(noUpgrade)).isEqualTo("upgrade_required");
    assertThat(Http.json(noUpgrade).get("message").getAsString()).contains("WebSocket");
  }

  @Test
  void requestsThatAreTooLargeAreCut() throws Exception {
    String longHead = "GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n";
    String longBody = "POST /api/v1/rooms HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n";
    assertThat(Http.raw(edge.httpAddress(), longHead)).doesNotContain("200 OK");
    // The end of what was read shows that the connection was closed without reading the body.
    assertThat(Http.raw(edge.httpAddress(), longBody)).startsWith("HTTP/1.1 ");
    assertThat(Http.get(edge.httpAddress(), "/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void roomsAreMadeOnlySoFastFromOneAddress() throws Exception {
    RoomLimits limits =
        RoomLimits.defaults()
            .with(
                it -> {
                  it.createOnJoin = false;
                  it.roomCreations = new Rate(0.1, 2);
                });
    try (Edge slow = Edge.start(EdgeConfig.onLoopback().withLimits(limits))) {
      var address = slow.httpAddress();
      assertThat(Http.send(address, "POST", "/api/v1/rooms").statusCode()).isEqualTo(201);
      assertThat(Http.send(address, "POST", "/api/v1/rooms").statusCode()).isEqualTo(201);
      var third = Http.send(address, "POST", "/api/v1/rooms");
      assertThat(third.statusCode()).isEqualTo(429);
      assertThat(Http.error(third)).isEqualTo("rate_limited");
      assertThat(third.headers().firstValueAsLong("Retry-After")).isNotEmpty();
      var unknown = Http.get(address, "/api/v1/session?room=unknown&user=a");
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(Http.error(unknown)).isEqualTo("room_not_found");
    }
  }

  @Test
  void belowAFolderIsWhatIsForVisitors() throws Exception {
    EdgeConfig config =
        EdgeConfig.onLoopback().withBasePath("/confab").withAdminToken("a token of the operator");
    try (Edge below = Edge.start(config)) {
      InetSocketAddress address = below.httpAddress();
      // Some proxies pass the folder on, others take it off.
      for (String folder : List.of("/confab", "")) {
        var answer = Http.get(address, folder + "/api/v1/session?room=demo&user=a");
        assertThat(answer.body())
            .contains("\"ws://127.0.0.1:" + address.getPort() + "/confab/ws\"");
        assertThat(Http.get(address, folder + "/meeting/a/demo").body()).contains("Test page");
      }
      for (String hidden : List.of("metrics", "healthz", "readyz", "api/v1/drain")) {
        assertThat(Http.get(address, "/confab/" + hidden).statusCode()).isEqualTo(404);
      }
      for (String direct : List.of("/metrics", "/healthz", "/readyz")) {
        String[] byProxy = {"X-Forwarded-For", "192.0.2.1"};
        assertThat(Http.send(address, "GET", direct, byProxy).statusCode()).isEqualTo(404);
        assertThat(Http.get(address, direct).statusCode()).isEqualTo(200);
      }
      assertThat(Http.get(address, "/confab").headers().firstValue("Location"))
          .contains("/confab/");
    }
  }
}
