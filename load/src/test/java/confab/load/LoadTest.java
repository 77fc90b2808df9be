package confab.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import confab.edge.Edge;
import confab.edge.EdgeConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Small loads on a real edge in this process, which has nothing to lose.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class LoadTest {
  private static Edge edge;

  @BeforeAll
  static void startEdge() throws Exception {
    edge = Edge.start(EdgeConfig.onLoopback());
  }

  @AfterAll
  static void stopEdge() {
    edge.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"webtransport", "websocket"})
  void everyFrameIsCountedAtEverybodyElse(String transport) {
    var load =
        Load.start(
            Load.url(edge),
            "--rooms 2 --publishers 2 --listeners 2 --ramp 200ms --duration 3200ms --max-loss 2%"
                + " --json --room-prefix all-"
                + transport
                + " --transport "
                + transport);

    assertThat(load.code()).as(load.err()).isZero();
    JsonObject report = load.json();
    assertThat(report.keySet())
        .contains(
            "expected",
            "delivered",
            "lost",
            "duplicated",
            "reordered",
            "datagrams",
            "latency_ms",
            "connect_ms",
            "cpu_seconds",
            "frames_sent",
            "connections",
            "disconnected",
            "seconds",
            "transport",
            "self_limited");
    assertThat(report.getAsJsonObject("latency_ms").keySet())
        .containsExactlyInAnyOrder("p50", "p90", "p99", "p999", "max");
    assertThat(report.getAsJsonObject("connect_ms").keySet())
        .containsExactlyInAnyOrder("p50", "p99", "max");
    // One second, four publishers, 50 frames each, three others in the room.
    assertThat(load.number("connections")).isEqualTo(8);
    assertThat(load.number("frames_sent")).isEqualTo(200);
    assertThat(load.number("expected")).isEqualTo(600);
    assertThat(load.number("delivered")).isEqualTo(600);
    assertThat(load.number("lost")).isZero();
    assertThat(load.number("datagrams")).isBetween(200L, 700L);
    assertThat(report.getAsJsonObject("latency_ms").get("p50").getAsDouble()).isBetween(0.1, 500.0);
    assertThat(report.get("cpu_seconds").getAsDouble()).isPositive();
  }

  @Test
  void publishersAndListenersMayBeInTwoProcesses() {
    String options = " --room-prefix apart --ramp 100ms --json --duration ";
    var speaking = Load.start(Load.url(edge), "--publishers 2 --listeners 0" + options + "4500ms");
    var listening = Load.start(Load.url(edge), "--publishers 0 --listeners 3" + options + "3300ms");

    assertThat(listening.code()).as(listening.err()).isZero();
    assertThat(speaking.code()).as(speaking.err()).isZero();
    assertThat(listening.number("frames_sent")).isZero();
    assertThat(listening.number("delivered")).isEqualTo(listening.number("expected"));
    assertThat(listening.number("expected")).isBetween(290L, 360L);
    // The publishers hear each other.
    assertThat(speaking.number("expected")).isEqualTo(speaking.number("frames_sent"));
  }
}
