package confab.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
  @Test
  void aSpreadIsTheMeanAndTheEnds() {
    assertThat(Series.of(List.of(12.0, 10.0, 17.0)).spread(1)).isEqualTo("13.0 (10.0–17.0)");
    assertThat(Series.of(List.of(12.04)).spread(1)).isEqualTo("12.0");
    assertThat(Series.of(List.of()).spread(1)).isEqualTo("–");
  }

  @Test
  void percentilesAreValuesThatWereMeasured() {
    assertThat(Series.of(List.of(5.0, 1.0, 4.0, 2.0, 3.0)).render(0, 50, 90))
        .isEqualTo("3 / 5 / 5");
  }
}
