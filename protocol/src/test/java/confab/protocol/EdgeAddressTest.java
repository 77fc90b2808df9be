package confab.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
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

  @Test
  void namesArePercentEncodedOnceForHttpAndTwiceForFlupke() {
    var config =
        new HeadlessParticipant.Config(
            URI.create("http://localhost"),
            "demo",
            "zoe",
            "Zoë & 50%+1",
            HeadlessParticipant.Transport.AUTO,
            false);
    String query = EdgeFinder.query(config);

    assertThat(query).isEqualTo("?room=demo&user=zoe&name=Zo%C3%AB%20%26%2050%25%2B1");
    URI twice = WebTransportLink.doubleEncoded(URI.create("https://edge/wt" + query));
    assertThat("?" + twice.getQuery()).isEqualTo(query);
  }
}
