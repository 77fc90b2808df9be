package confab.edge;

import static org.assertj.core.api.Assertions.assertThat;

import confab.edge.admin.AdminTokens;
import confab.edge.http.TrustedProxies;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Draining by HTTP, and whose word counts behind a proxy. How people are moved is tested with
/// several edges.
class DrainTest {
  private static final String TOKEN = "a token of the operator";
  private static final String DRAIN = "/api/v1/drain";
  private static Edge edge;

  @BeforeAll
  static void start() throws Exception {
    edge =
        Edge.start(
            EdgeConfig.onLoopback()
                .withAdminToken(TOKEN)
                .withTrustedProxies(TrustedProxies.at(InetAddress.getByName("127.0.0.1"))));
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @Test
  void onlyWhoShowsTheTokenMayDrain() throws Exception {
    var nothing = Http.send(edge.httpAddress(), "POST", DRAIN);
    var wrong = Http.send(edge.httpAddress(), "POST", DRAIN, "Authorization", "Bearer a token of");
    assertThat(nothing.statusCode()).isEqualTo(401);
    assertThat(Http.error(wrong)).isEqualTo("unauthorized");
    assertThat(Http.get(edge.httpAddress(), "/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void withoutATokenNobodyMay() throws Exception {
    try (Edge other = Edge.start(EdgeConfig.onLoopback())) {
      assertThat(Http.send(other.httpAddress(), "POST", DRAIN).statusCode()).isEqualTo(403);
    }
  }

  private static int drainBy(Edge asked, String token) throws Exception {
    return Http.send(asked.httpAddress(), "POST", DRAIN, "Authorization", "Bearer " + token)
        .statusCode();
  }

  @Test
  void aTokenIsReplacedInItsFileWhileTheEdgeRuns(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("tokens"), "# of May\nthe former token\n\n");
    var tokens = new AdminTokens(List.of(), Optional.of(file));
    try (Edge other = Edge.start(EdgeConfig.onLoopback().withAdminTokens(tokens))) {
      assertThat(drainBy(other, "the coming token")).isEqualTo(401);
      assertThat(drainBy(other, "# of May")).isEqualTo(401);
      assertThat(drainBy(other, "")).isEqualTo(401);

      Files.writeString(file, "the coming token\n");
      assertThat(drainBy(other, "the former token")).isEqualTo(401);

      Files.delete(file);
      assertThat(drainBy(other, "the coming token")).isEqualTo(401);

      Files.writeString(file, "the former token\nthe coming token\n");
      assertThat(drainBy(other, "the coming token")).isEqualTo(202);
    }
  }

  @Test
  void aDrainedEdgeIsNotReadyButLives() throws Exception {
    try (Edge other = Edge.start(EdgeConfig.onLoopback().withAdminToken(TOKEN))) {
      var answer =
          Http.send(other.httpAddress(), "POST", DRAIN, "Authorization", "Bearer " + TOKEN);
      assertThat(answer.statusCode()).isEqualTo(202);
      other.awaitDrained();
      assertThat(Http.get(other.httpAddress(), "/readyz").statusCode()).isEqualTo(503);
      assertThat(Http.get(other.httpAddress(), "/readyz?drain=404").statusCode()).isEqualTo(404);
      assertThat(Http.get(other.httpAddress(), "/healthz").statusCode()).isEqualTo(200);
    }
  }

  private static String webSocketUrl(Edge asked, String... headers) throws Exception {
    var answer = Http.send(asked.httpAddress(), "GET", "/api/v1/session?room=r&user=u", headers);
    var first = Http.json(answer).getAsJsonArray("edges").get(0).getAsJsonObject();
    return first.getAsJsonObject("websocket").get("url").getAsString();
  }

  @Test
  void aTrustedProxySaysByWhichSchemeTheClientCame() throws Exception {
    assertThat(webSocketUrl(edge, "X-Forwarded-Proto", "https")).startsWith("wss://");
    assertThat(webSocketUrl(edge, "X-Forwarded-Proto", "gopher")).startsWith("ws://");
    try (Edge suspicious = Edge.start(EdgeConfig.onLoopback())) {
      assertThat(webSocketUrl(suspicious, "X-Forwarded-Proto", "https")).startsWith("ws://");
    }
  }

  @Test
  void aTrustedProxySaysWhoTheClientIs() throws Exception {
    for (int i = 0; i < 20; i++) {
      Http.send(edge.httpAddress(), "POST", "/api/v1/rooms", "X-Forwarded-For", "192.0.2.1");
    }
    var tooMany =
        Http.send(
            edge.httpAddress(), "POST", "/api/v1/rooms", "X-Forwarded-For", "9.9.9.9, 192.0.2.1");
    var another =
        Http.send(edge.httpAddress(), "POST", "/api/v1/rooms", "X-Forwarded-For", "192.0.2.2");
    var nonsense =
        Http.send(edge.httpAddress(), "POST", "/api/v1/rooms", "X-Forwarded-For", "a, b");
    assertThat(tooMany.statusCode()).isEqualTo(429);
    assertThat(another.statusCode()).isEqualTo(201);
    assertThat(nonsense.statusCode()).isEqualTo(201);
  }
}
