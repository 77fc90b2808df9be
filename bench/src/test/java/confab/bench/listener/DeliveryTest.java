package confab.bench.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final Offset<Double> SLIGHTLY = within(0.001);

  /// A second of one speaker's frames, and some before and after.
  private static List<Heard> speaker(int latencyMillis) {
    return new ArrayList<>(
        IntStream.range(-5, 55).mapToObj(i -> heard(i, 20L * i * MILLI, latencyMillis)).toList());
  }

  private static Heard heard(int sequence, long captured, int latencyMillis) {
    return new Heard(sequence, sequence * 960, captured, captured + latencyMillis * MILLI);
  }

  @Test
  void whatComesWholeIsWhole() {
    Delivery delivery = Delivery.of(speaker(50), 0, SECOND, 1);
    assertThat(delivery.delivered()).isEqualTo(1);
    assertThat(delivery.heard()).isCloseTo(1, SLIGHTLY);
    assertThat(delivery.delayMillis().percentile(50)).isEqualTo(50);
  }

  @Test
  void lostFramesAreNeitherDeliveredNorHeard() {
    List<Heard> half = speaker(50);
    half.removeIf(each -> each.sequence() >= 20 && each.sequence() < 45);
    Delivery delivery = Delivery.of(half, 0, SECOND, 1);
    assertThat(delivery.delivered()).isEqualTo(0.5);
    assertThat(delivery.heard()).isCloseTo(0.5, within(0.01));
  }

  @Test
  void oneSpeakerOfTwoIsHalfDeliveredAndHeardAllTheTime() {
    Delivery delivery = Delivery.of(speaker(50), 0, SECOND, 2);
    assertThat(delivery.delivered()).isEqualTo(0.5);
    assertThat(delivery.heard()).isCloseTo(1, SLIGHTLY);
  }

  @Test
  void whatComesTooLateToBePlayedIsDeliveredAndNotHeard() {
    Delivery delivery = Delivery.of(speaker(900), 0, SECOND, 1);
    assertThat(delivery.delivered()).isEqualTo(1);
    assertThat(delivery.heard()).isZero();
  }
}
