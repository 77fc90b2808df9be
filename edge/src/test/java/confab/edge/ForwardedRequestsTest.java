package confab.edge;

import static org.assertj.core.api.Assertions.assertThat;

import confab.edge.http.TrustedProxies;
import confab.edge.http.TrustedProxies.Header;
import confab.frames.Rate;
import confab.room.RoomLimits;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whom a request comes from and where it was sent to, by the word of proxies.
class ForwardedRequestsTest {
  /// One new room from each address, so that a second one shows that two are the same.
  private static final RoomLimits ONE_ROOM =
      RoomLimits.defaults().with(it -> it.roomCreations = new Rate(0.001, 1));

  private static final Map<Header, Edge> EDGES = new EnumMap<>(Header.class);

  @BeforeAll
  static void start() throws Exception {
    for (Header header : Header.values()) {
      EDGES.put(header, behind(header, "127.0.0.0/8", "10.0.0.0/8"));
    }
  }

  @AfterAll
  static void stop() {
    EDGES.values().forEach(Edge::close);
  }

  private static Edge behind(Header header, String... proxies) throws Exception {
    return Edge.start(
        EdgeConfig.onLoopback()
            .withLimits(ONE_ROOM)
            .withTrustedProxies(TrustedProxies.parse(List.of(proxies), header)));
  }

  private static Edge trusting(Header header) {
    return Objects.requireNonNull(EDGES.get(header));
  }

  private static int newRoom(Edge edge, String... headers) throws Exception {
    return Http.send(edge.httpAddress(), "POST", "/api/v1/rooms", headers).statusCode();
  }

  private static String webSocket(Edge edge, List<String> headers) throws Exception {
    String path = "/api/v1/session?room=demo&user=a";
    var answer = Http.send(edge.httpAddress(), "GET", path, headers.toArray(String[]::new));
    var first = Http.json(answer).getAsJsonArray("edges").get(0).getAsJsonObject();
    return first.getAsJsonObject("websocket").get("url").getAsString();
  }

  /// Both name the same client, which is another one in each line.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Forwarded-For | 192.0.2.1            | 192.0.2.1:4711",
        "X-Forwarded-For | 192.0.2.2            | 9.9.9.9, 192.0.2.2",
        "X-Forwarded-For | 192.0.2.3            | 192.0.2.3, 10.1.2.3",
        "X-Forwarded-For | 192.0.2.4            | 9.9.9.9,192.0.2.4:5, 10.1.2.3:80,10.9.9.9",
        "X-Forwarded-For | 192.0.2.5            | ::ffff:192.0.2.5",
        "X-Forwarded-For | 2001:db8:1::1        | [2001:db8:1::1]",
        "X-Forwarded-For | 2001:db8:2::1        | [2001:db8:2::1]:4711",
        "Forwarded       | for=192.0.2.1        | for=192.0.2.1;proto=https",
        "Forwarded       | for=192.0.2.2        | For=\"192.0.2.2:4711\" ; by=10.0.0.1",
        "Forwarded       | for=192.0.2.3        | for=9.9.9.9, for=192.0.2.3, for=10.1.2.3",
        "Forwarded       | for=\"[2001:db8::1]\" | proto=http;for=\"[2001:db8::1]:4711\""
      })
  void theClientIsWhomTheLastTrustedProxyNames(String name, String plain, String written)
      throws Exception {
    Edge edge = trusting(name.equals("Forwarded") ? Header.FORWARDED : Header.X_FORWARDED);
    assertThat(newRoom(edge, name, plain)).isEqualTo(201);
    assertThat(newRoom(edge, name, written)).isEqualTo(429);
  }

  @Test
  void whatIsNotTheChosenHeaderIsNotRead() throws Exception {
    try (Edge edge = behind(Header.X_FORWARDED, "127.0.0.0/8")) {
      assertThat(newRoom(edge, "Forwarded", "for=192.0.2.1")).isEqualTo(201);
      assertThat(newRoom(edge, "Forwarded", "for=192.0.2.2")).isEqualTo(429);
    }
    try (Edge edge = behind(Header.FORWARDED, "127.0.0.0/8")) {
      assertThat(newRoom(edge, "X-Forwarded-For", "192.0.2.1")).isEqualTo(201);
      assertThat(newRoom(edge, "X-Forwarded-For", "192.0.2.2")).isEqualTo(429);
    }
  }

  @Test
  void whoIsNotNamedIsNotBelieved() throws Exception {
    try (Edge edge = behind(Header.X_FORWARDED, "10.0.0.0/8")) {
      assertThat(newRoom(edge, "X-Forwarded-For", "192.0.2.1")).isEqualTo(201);
      assertThat(newRoom(edge, "X-Forwarded-For", "192.0.2.2")).isEqualTo(429);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Forwarded-Proto=https|wss://127.0.0.1:PORT/ws",
        "X-Forwarded-Proto=HTTPS|wss://127.0.0.1:PORT/ws",
        "X-Forwarded-Proto=https, http|wss://127.0.0.1:PORT/ws",
        "X-Forwarded-Proto=wss|wss://127.0.0.1:PORT/ws",
        "X-Forwarded-Proto=http|ws://127.0.0.1:PORT/ws",
        "X-Forwarded-Proto=https X-Forwarded-Host=Meet.example.org|wss://Meet.example.org/ws",
        "X-Forwarded-Proto=https X-Forwarded-Host=m.example"
            + " X-Forwarded-Port=443|wss://m.example/ws",
        "X-Forwarded-Host=m.example X-Forwarded-Port=8080|ws://m.example:8080/ws",
        "X-Forwarded-Host=m.example:81 X-Forwarded-Port=8080|ws://m.example:81/ws",
        "X-Forwarded-Host=m_1|ws://m_1/ws",
        "X-Forwarded-Host=a/b|ws://127.0.0.1:PORT/ws"
      })
  void whereTheClientWasIsWhatItIsSentBackTo(String headers, String url) throws Exception {
    List<String> each = new ArrayList<>();
    for (String header : headers.split(" (?=X-)")) {
      each.addAll(List.of(header.split("=", 2)));
    }
    Edge edge = trusting(Header.X_FORWARDED);
    String port = String.valueOf(edge.httpAddress().getPort());
    assertThat(webSocket(edge, each)).isEqualTo(url.replace("PORT", port));
  }

  @Test
  void theOtherHeaderSaysThatInOneLine() throws Exception {
    String value = "for=192.0.2.9;host=\"m.example:81\";proto=https, for=127.0.0.1;proto=http";
    assertThat(webSocket(trusting(Header.FORWARDED), List.of("Forwarded", value)))
        .isEqualTo("wss://m.example:81/ws");
  }
}
