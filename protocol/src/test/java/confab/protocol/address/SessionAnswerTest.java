package confab.protocol.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionAnswerTest {
  @Test
  void theAnswerOfTheApiIsRead() {
    var answer =
        SessionAnswer.parse(
            """
            { "edges": [
              { "name": "edge-1",
                "webtransport": { "url": "https://127.0.0.1:4433/wt", "certificateHashes": ["aGk="] },
                "websocket": { "url": "ws://localhost:8080/ws" }, "more": 1 },
              { "name": "edge-2", "websocket": { "url": "ws://other:8080/ws" } } ],
              "ticket": "abc" }
            """);

    List<EdgeAddress> edges = answer.edges();
    assertThat(answer.ticket()).isEqualTo("abc");
    assertThat(edges).hasSize(2);
    assertThat(edges).extracting(EdgeAddress::name).containsExactly("edge-1", "edge-2");
    assertThat(edges.getFirst().webTransport()).hasToString("https://127.0.0.1:4433/wt");
    assertThat(edges.getFirst().certificateHashes()).containsExactly("aGk=");
    assertThat(edges.getLast().webTransport()).isNull();
    assertThat(edges.getLast().webSocket()).hasToString("ws://other:8080/ws");
  }

  @Test
  void whatIsWrittenIsRead() {
    var both =
        new EdgeAddress(
            "edge-1",
            URI.create("https://127.0.0.1:4433/wt?a=1&b=2"),
            List.of("aGk=", "aG8="),
            URI.create("ws://localhost:8080/ws?edge=edge-1"));
    var trusted =
        new EdgeAddress("edge-2", URI.create("https://e.example/wt"), List.of(), both.webSocket());
    var noWebTransport = new EdgeAddress("edge-3", null, List.of(), both.webSocket());
    var neither = new EdgeAddress("edge-4", null, List.of(), null);
    var edges = List.of(both, trusted, noWebTransport, neither);

    for (String ticket : List.of("", "abc")) {
      var answer = new SessionAnswer(edges, ticket);
      assertThat(SessionAnswer.parse(answer.write())).isEqualTo(answer);
    }
    assertThat(new SessionAnswer(List.of(noWebTransport), "").write())
        .isEqualTo(
            "{\"edges\":[{\"name\":\"edge-3\","
                + "\"websocket\":{\"url\":\"ws://localhost:8080/ws?edge=edge-1\"}}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "{\"edges\": 3}",
        "{\"ticket\": [1, 2]}",
        "{\"edges\": [3]}",
        "{\"edges\": [{\"websocket\": {\"url\": \"ws://nameless/ws\"}}]}",
        "{\"edges\": [{\"name\": \"a\", \"webtransport\": 3}]}",
        "{\"edges\": [{\"name\": \"a\", \"websocket\": {\"url\": \"::not a url\"}}]}"
      })
  void anyOtherAnswerIsRefused(String json) {
    assertThatThrownBy(() -> SessionAnswer.parse(json))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
