package confab.bench.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import confab.rig.browser.Voice;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DamageTest {
  private static final int FRAME = Voice.RATE / 50;
  private static final double DELAY = 80;
  private static final short[] SAID = new Voice(150).speak(6);

  /// The same, each frame of which was treated somehow.
  private interface Treatment {
    void treat(short[] samples, int from, int number);
  }

  private static double percentOf(Treatment treatment) {
    short[] heard = SAID.clone();
    for (int number = 1; (number + 1) * FRAME <= heard.length; number++) {
      treatment.treat(heard, number * FRAME, number);
    }
    return Damage.percent(recording(SAID, 1000), recording(heard, 1000 + DELAY), DELAY + 7);
  }

  private static Recording recording(short[] samples, double start) {
    return new Recording(samples, Voice.RATE, new double[] {start}, new int[] {samples.length});
  }

  @Test
  void whatIsOnlyLaterAndSofterIsWhole() {
    double percent =
        percentOf(
            (samples, from, _) -> {
              for (int i = from; i < from + FRAME; i++) {
                samples[i] /= 2;
              }
            });
    assertThat(percent).isZero();
  }

  @Test
  void aDelayThatJumpsIsFollowed() {
    int middle = SAID.length / 2;
    int jump = Voice.RATE * 150 / 1000;
    short[] heard = new short[SAID.length + jump];
    System.arraycopy(SAID, 0, heard, 0, middle);
    System.arraycopy(SAID, middle, heard, middle + jump, SAID.length - middle);
    double percent = Damage.percent(recording(SAID, 1000), recording(heard, 1000 + DELAY), DELAY);
    assertThat(percent).isLessThan(4);
  }

  @Test
  void framesThatAreMissingAreDamaged() {
    double percent =
        percentOf(
            (samples, from, number) -> {
              if (number % 7 == 0) {
                Arrays.fill(samples, from, from + FRAME, (short) 0);
              }
            });
    // A seventh is missing; some of it was hardly to be heard.
    assertThat(percent).isBetween(9.0, 16.0);
  }

  @Test
  void noiseIsDamage() {
    double percent =
        percentOf(
            (samples, from, number) -> {
              if (number % 4 == 0) {
                for (int i = from; i < from + FRAME; i++) {
                  samples[i] = (short) (i * 7919 % 6000);
                }
              }
            });
    assertThat(percent).isBetween(15.0, 35.0);
  }
}
