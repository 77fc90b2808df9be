package confab.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RateTest {
  @Test
  void theBurstKeepsItsProportion() {
    var rate = new Rate(10, 40);
    assertThat(rate.scaledTo(10)).isEqualTo(rate);
    assertThat(rate.scaledTo(0.5)).isEqualTo(new Rate(0.5, 2));
    assertThat(new Rate(0.5, 20).scaledTo(1)).isEqualTo(new Rate(1, 40));
  }

  @Test
  void aBurstIsAtLeastOneAndAtMostWhatCanBeCounted() {
    assertThat(new Rate(10, 40).scaledTo(0.01).burst()).isEqualTo(1);
    assertThat(new Rate(10, 40).scaledTo(1e9).burst()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aRateIsPositive() {
    assertThatThrownBy(() -> new Rate(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Rate(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
