package confab.edge;

import static org.assertj.core.api.Assertions.assertThat;

import confab.edge.guard.HttpLimits;
import confab.edge.guard.WebConfig;
import confab.frames.Rate;
import confab.protocol.address.Hosts;
import confab.protocol.address.Origins;
import confab.room.RoomLimits;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pages of other sites, requests for other hosts, and those who guess.
class StrangersTest {
  private static final RoomLimits LIMITS =
      RoomLimits.defaults()
          .with(
              it -> {
                it.roomCreations = new Rate(100, 1000);
                it.allowedOrigins = Origins.parse(List.of("https://friend.example"));
                it.hosts = Hosts.parse(List.of("meet.example.org"));
              });

  private static Edge edge;

  @BeforeAll
  static void start() throws Exception {
    edge = Edge.start(EdgeConfig.onLoopback().withLimits(LIMITS));
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  private static String raw(String requestLine, String host, String headers) throws Exception {
    return Http.raw(
        edge.httpAddress(),
        requestLine
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nConnection: close\r\n"
            + headers.replace("; ", "\r\n")
            + (headers.isEmpty() ? "" : "\r\n")
            + "\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "201 | ",
        "201 | Origin: https://meet.example.org; Sec-Fetch-Site: same-origin",
        "201 | Origin: https://meet.example.org:8443; Sec-Fetch-Site: same-site",
        "201 | Origin: https://friend.example; Sec-Fetch-Site: cross-site",
        "201 | Sec-Fetch-Site: none",
        "403 | Origin: https://evil.example; Sec-Fetch-Site: cross-site",
        "403 | Origin: https://evil.example",
        "403 | Origin: https://other.example.org; Sec-Fetch-Site: same-site",
        "403 | Origin: null",
        "403 | Sec-Fetch-Site: cross-site",
        "403 | Sec-Fetch-Site: same-site"
      })
  void onlyOwnAndAllowedPagesChangeAnything(int status, String headers) throws Exception {
    String given = headers == null ? "" : headers;
    String answer = raw("POST /api/v1/rooms", "meet.example.org", given);
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer.contains("\"origin_forbidden\"")).isEqualTo(status == 403);
    assertThat(raw("GET /api/v1/page", "meet.example.org", given)).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | meet.example.org      | /api/v1/page",
        "200 | Meet.Example.ORG:8443 | /",
        "200 | 127.0.0.1             | /api/v1/page",
        "200 | localhost:8080        | /",
        "421 | evil.example          | /api/v1/page",
        "421 | 192.0.2.1             | /",
        "421 | a.meet.example.org    | /",
        "421 | evil.example          | /ws?room=demo&user=a",
        "200 | evil.example          | /readyz",
        "200 | 192.0.2.1:8080        | /healthz",
        "200 | evil.example          | /metrics"
      })
  void onlyItsOwnHostsAreServed(int status, String host, String path) throws Exception {
    String answer = raw("GET " + path, host, "");
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer.contains("\"bad_host\"")).isEqualTo(status == 421);
  }

  @Test
  void withoutPublicHostsAnyIsServed() throws Exception {
    try (Edge open = Edge.start(EdgeConfig.onLoopback())) {
      String request =
          "GET /api/v1/page HTTP/1.1\r\nHost: any.example\r\nConnection: close\r\n\r\n";
      assertThat(Http.raw(open.httpAddress(), request)).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void whoGuessesRoomsIsStopped() throws Exception {
    var slow = new Rate(0.01, 10);
    var limits = HttpLimits.DEFAULT.withRates(new Rate(1000, 1000), slow, slow);
    var config = EdgeConfig.onLoopback().withWeb(WebConfig.DEFAULT.withLimits(limits));
    try (Edge guessed = Edge.start(config)) {
      InetSocketAddress address = guessed.httpAddress();
      var unknown = Http.get(address, "/api/v1/rooms/quiet-otter-42");
      var invalid = Http.get(address, "/api/v1/rooms/Quiet_Otter");
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(invalid.statusCode()).isEqualTo(404);
      assertThat(invalid.body()).isEqualTo(unknown.body());
      for (int i = 0; i < 8; i++) {
        assertThat(Http.get(address, "/api/v1/rooms/room-" + i).statusCode()).isEqualTo(404);
      }
      var refused = Http.get(address, "/api/v1/rooms/room-9");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(Http.error(refused)).isEqualTo("rate_limited");
      assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
      for (int i = 0; i < 10; i++) {
        assertThat(Http.get(address, "/api/v1/session?room=demo&user=a").statusCode())
            .isEqualTo(200);
      }
      assertThat(Http.get(address, "/api/v1/session?room=demo&user=a").statusCode()).isEqualTo(429);
      assertThat(Http.get(address, "/readyz").statusCode()).isEqualTo(200);
      assertThat(Http.get(address, "/metrics").body())
          .contains(
              "confab_http_refused_total{limit=\"room_lookups\"} 1.0",
              "confab_http_refused_total{limit=\"session_lookups\"} 1.0");
    }
  }
}
