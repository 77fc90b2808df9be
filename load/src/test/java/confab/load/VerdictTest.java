package confab.load;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.edge.Edge;
import confab.edge.EdgeConfig;
import confab.frames.Rate;
import confab.room.RoomLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How the tool ends when something is wrong.
class VerdictTest {
  @Test
  void aLimitThatIsExceededIsExitCode1AndOneLine() throws Exception {
    try (Edge edge = Edge.start(EdgeConfig.onLoopback())) {
      var load =
          Load.start(
              Load.url(edge),
              "--listeners 1 --ramp 0s --duration 2500ms --max-p99 0.001ms --transport websocket");

      assertThat(load.code()).isEqualTo(1);
      assertThat(load.complaints())
          .hasSize(1)
          .first()
          .asString()
          .contains("more than --max-p99 0.001 ms");
      assertThat(load.out())
          .contains("1 x (1 publishers + 1 listeners) over websocket")
          .contains("measured for 0.5 s", "connections  2 of 2", "expected ", "lost ", "own CPU")
          .contains("p99.9");
      assertThat(load.err()).contains("warming up: 2 of 2 connected, ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"webtransport", "websocket"})
  void anEdgeThatClosesInTheMiddleIsReported(String transport) throws Exception {
    Load load;
    try (Edge edge = Edge.start(EdgeConfig.onLoopback())) {
      load =
          Load.start(
              Load.url(edge),
              "--listeners 3 --ramp 0s --duration 4s --json --transport " + transport);
      await().until(() -> load.err().contains("measuring: 4 of 4"));
    }

    assertThat(load.code()).isEqualTo(1);
    assertThat(load.number("disconnected")).isEqualTo(4);
    assertThat(load.complaints())
        .anyMatch(line -> line.contains("connections were lost: 4 shutdown"));
  }

  @Test
  void anEdgeThatIsNotThereIsExitCode1AndOneLine() {
    var load = Load.start("http://127.0.0.1:1", "");

    assertThat(load.code()).isEqualTo(1);
    assertThat(load.err().lines()).hasSize(1);
    assertThat(load.err()).contains("cannot reach http://127.0.0.1:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"webtransport", "websocket"})
  void anEdgeThatTakesNoMoreConnectsIsExitCode1AndSaysWhichOptionToRaise(String transport)
      throws Exception {
    try (Edge edge = Edge.start(EdgeConfig.onLoopback().withLimits(fewConnects()))) {
      var load = Load.start(Load.url(edge), "--ramp 100ms --transport " + transport);

      assertThat(load.code()).isEqualTo(1);
      assertThat(load.complaints())
          .hasSize(1)
          .first()
          .asString()
          .contains("(429)", "--connects-per-second");
    }
  }

  private static RoomLimits fewConnects() {
    return RoomLimits.defaults().with(it -> it.connects = new Rate(0.01, 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--rooms 0",
        "--publishers -1",
        "--publishers 0 --listeners 0",
        "--transport pigeon",
        "--talk loudly",
        "--bitrate 1k",
        "--bitrate 1M",
        "--duration 10",
        "--duration 11s",
        "--max-loss 1",
        "--max-p99 40",
        "--room-prefix Demo!",
        "--talk dtx --loudest 3",
        "--edge nobody --url ftp://localhost",
        "--no-such-option",
      })
  void wrongUsageIsExitCode2AndOneLine(String options) {
    var load = Load.start("http://127.0.0.1:1", options);

    assertThat(load.code()).isEqualTo(2);
    assertThat(load.err().lines()).hasSize(1);
    assertThat(load.out()).isEmpty();
  }

  @Test
  void helpNamesTheOptions() {
    var load = Load.start("http://127.0.0.1:1", "--help");

    assertThat(load.code()).isZero();
    assertThat(load.out()).contains("--rooms", "--talk", "--max-loss", "--transport");
  }
}
