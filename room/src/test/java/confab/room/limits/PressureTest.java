package confab.room.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PressureTest {
  private double heap = 0.5;
  private long now = 1;
  private final Pressure pressure = new Pressure(() -> heap, now);

  private boolean isHighAfter(Duration time) {
    now += time.toNanos();
    pressure.beat(now);
    return pressure.isHigh();
  }

  @Test
  void aBeatThatIsLateNowAndThenIsNothing() {
    for (int i = 0; i < 10; i++) {
      assertThat(isHighAfter(Duration.ofSeconds(5))).isFalse();
      assertThat(isHighAfter(Duration.ofSeconds(2))).isFalse();
      assertThat(isHighAfter(Duration.ofMillis(250))).isFalse();
    }
  }

  @Test
  void beatsThatAreLateAllTheTimeArePressureUntilOneIsNot() {
    for (int i = 1; i < Pressure.LATE_BEATS; i++) {
      assertThat(isHighAfter(Duration.ofSeconds(2))).isFalse();
    }
    assertThat(isHighAfter(Duration.ofSeconds(2))).isTrue();
    assertThat(isHighAfter(Duration.ofSeconds(2))).isTrue();
    assertThat(isHighAfter(Duration.ofMillis(300))).isFalse();
  }

  @Test
  void aHeapThatIsNearlyFullIsPressure() {
    heap = 0.91;
    assertThat(isHighAfter(Duration.ofMillis(250))).isTrue();
    heap = 0.89;
    assertThat(isHighAfter(Duration.ofMillis(250))).isFalse();
  }

  @Test
  void thisProcessTellsWhatOfItsHeapIsInUse() {
    assertThat(Pressure.ofThisProcess().getAsDouble()).isBetween(0.0, 1.0);
  }
}
