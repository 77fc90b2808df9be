package confab.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeAddressTest {
  @Test
  void theAnswerOfTheApiIsRead() {
    var edges =
        EdgeAddress.parse(
            """
            { "edges": [
              { "name": "edge-1",
                "webtransport": { "url": "https://127.0.0.1:4433/wt", "certificateHashes": ["aGk="] },
                "websocket": { "url": "ws://localhost:8080/ws" }, "more": 1 },
              { "name": "edge-2", "websocket": { "url": "ws://other:8080/ws" } } ] }
            """);

    assertThat(edges).hasSize(2);
    assertThat(edges).extracting(EdgeAddress::name).containsExactly("edge-1", "edge-2");
    assertThat(edges.getFirst().webTransport()).hasToString("https://127.0.0.1:4433/wt");
    assertThat(edges.getFirst().certificateHashes()).containsExactly("aGk=");
    assertThat(edges.getLast().webTransport()).isNull();
    assertThat(edges.getLast().webSocket()).hasToString("ws://other:8080/ws");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "{\"edges\": 3}",
        "{\"edges\": [3]}",
        "{\"edges\": [{\"websocket\": {\"url\": \"ws://nameless/ws\"}}]}",
        "{\"edges\": [{\"name\": \"a\", \"webtransport\": 3}]}",
        "{\"edges\": [{\"name\": \"a\", \"websocket\": {\"url\": \"::not a url\"}}]}"
      })
  void anyOtherAnswerIsRefused(String json) {
    assertThatThrownBy(() -> EdgeAddress.parse(json)).isInstanceOf(IllegalArgumentException.class);
  }
}
