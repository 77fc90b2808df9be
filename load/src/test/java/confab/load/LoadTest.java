package confab.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import confab.edge.Edge;
import confab.edge.EdgeConfig;
import confab.room.RoomLimits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Small loads on a real edge in this process. It loses nothing, unless the machine is so busy that
/// it says itself what it has dropped.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class LoadTest {
  private static final int MOST_OF_ONE_ADDRESS = 2;

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
  void everyFrameIsCountedAtEverybodyElse(String transport) throws Exception {
    long droppedBefore = Load.dropped(edge);
    var load =
        Load.start(
            Load.url(edge),
            "--rooms 2 --publishers 2 --listeners 2 --ramp 200ms --duration 3200ms --max-loss 50%"
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
    if (!report.get("self_limited").getAsBoolean()) {
      assertThat(load.number("frames_sent")).isEqualTo(200);
    }
    assertThat(load.number("frames_sent")).isBetween(100L, 200L);
    assertThat(load.number("expected")).isEqualTo(3 * load.number("frames_sent"));
    assertThat(load.number("delivered") + load.number("lost")).isEqualTo(load.number("expected"));
    assertThat(load.number("lost")).isLessThanOrEqualTo(Load.dropped(edge) - droppedBefore);
    assertThat(load.number("datagrams")).isBetween(100L, 900L);
    assertThat(report.getAsJsonObject("latency_ms").get("p50").getAsDouble()).isBetween(0.1, 500.0);
    assertThat(report.get("cpu_seconds").getAsDouble()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"webtransport", "websocket"})
  void participantsFromManyAddressesMeetTheLimitsOfNone(String transport) throws Exception {
    RoomLimits limits =
        RoomLimits.defaults().with(it -> it.sessionsPerAddress = MOST_OF_ONE_ADDRESS);
    try (Edge strict = Edge.start(EdgeConfig.onLoopback().withLimits(limits))) {
      String options =
          "--listeners %d --ramp 200ms --duration 2700ms --json --transport %s"
              .formatted(4 * MOST_OF_ONE_ADDRESS - 1, transport);
      var fromOne = Load.start(Load.url(strict), options);
      assertThat(fromOne.code()).isEqualTo(1);
      assertThat(fromOne.err()).contains("--from several");

      var fromMany = Load.start(Load.url(strict), options + " --from 127.7.7.0/31,127.8.8.2/31");
      assertThat(fromMany.code()).as(fromMany.err()).isZero();
      assertThat(fromMany.number("connections")).isEqualTo(4 * MOST_OF_ONE_ADDRESS);
    }
  }

  @Test
  void whatIsNoAddressOfThisMachineIsSaid() {
    var load = Load.start(Load.url(edge), "--from 192.0.2.1");
    assertThat(load.code()).isEqualTo(1);
    assertThat(load.err()).contains("cannot come from 192.0.2.1 (");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1/33", "10.0.0.0/8", "127.0.0.1/x", ""})
  void whatIsNoAddressIsWrongUsage(String from) {
    var load = Load.start(Load.url(edge), "--from=" + from);
    assertThat(load.code()).isEqualTo(2);
    assertThat(load.err()).contains("'" + from + "' is no address");
  }
}
