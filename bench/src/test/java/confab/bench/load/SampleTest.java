package confab.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import confab.rig.process.Metrics;
import org.junit.jupiter.api.Test;

class SampleTest {
  private static final String REPORT =
      """
      {"transport":"webtransport","seconds":10.0,"expected":80000,"delivered":79200,"lost":800,
       "duplicated":0,"reordered":0,"datagrams":7920,
       "latency_ms":{"p50":2.1,"p90":4.0,"p99":9.5,"p999":20.0,"max":31.0},
       "connect_ms":{"p50":5.0,"p99":9.0,"max":12.0},"cpu_seconds":2.5,"self_limited":false}
      """;

  @Test
  void costIsPerFrameAndPerDatagramThatWereDelivered() {
    var sample = new Sample(LoadReport.parse(REPORT), 0.396, 0, 1);
    assertThat(sample.microsPerFrame()).isEqualTo(50);
    assertThat(sample.microsPerDatagram()).isEqualTo(500);
    assertThat(sample.report().framesPerDatagram()).isEqualTo(10);
    assertThat(sample.report().deliveredPercent()).isEqualTo(99);
    assertThat(sample.report().cores()).isEqualTo(0.25);
  }

  @Test
  void metricsOfOneNameAreSummedUp() {
    var metrics =
        new Metrics(
            """
            # TYPE confab_sessions gauge
            confab_sessions{transport="websocket"} 2.0
            confab_sessions{transport="webtransport"} 3.0
            confab_sessions_other 7.0
            """);
    assertThat(metrics.value("confab_sessions{")).isEqualTo(5);
    assertThat(metrics.value("confab_sessions{transport=\"websocket\"}")).isEqualTo(2);
    assertThat(metrics.value("confab_rooms")).isNaN();
  }
}
