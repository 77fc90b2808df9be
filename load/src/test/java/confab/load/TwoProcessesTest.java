package confab.load;

import static org.assertj.core.api.Assertions.assertThat;

import confab.edge.Edge;
import confab.edge.EdgeConfig;
import org.junit.jupiter.api.Test;

/// A load that is split; see [LoadTest] for what the edge may lose.
class TwoProcessesTest {
  @Test
  void publishersAndListenersMayBeApart() throws Exception {
    try (Edge edge = Edge.start(EdgeConfig.onLoopback())) {
      String options = " --ramp 100ms --json --duration ";
      var speaking = Load.start(Load.url(edge), "--publishers 2 --listeners 0" + options + "5s");
      var listening =
          Load.start(Load.url(edge), "--publishers 0 --listeners 3" + options + "3300ms");

      assertThat(listening.code()).as(listening.err()).isZero();
      assertThat(speaking.code()).as(speaking.err()).isZero();
      assertThat(listening.number("frames_sent")).isZero();
      // 1.2 seconds, two publishers, three listeners.
      assertThat(listening.number("expected")).isBetween(180L, 363L);
      assertThat(listening.number("lost")).isLessThanOrEqualTo(Load.dropped(edge));
      // The publishers hear each other.
      assertThat(speaking.number("expected")).isEqualTo(speaking.number("frames_sent"));
    }
  }
}
