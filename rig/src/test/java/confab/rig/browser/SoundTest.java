package confab.rig.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The measuring rod itself: what the other tests assert is only worth what this shows.
class SoundTest {
  @ParameterizedTest
  @ValueSource(doubles = {110, 150, 233})
  void aVoiceIsToldByItsPitch(double hz) {
    var sound = new Sound(new Voice(hz).speak(2), Voice.RATE);
    assertThat(sound.pitch()).isCloseTo(hz, Percentage.withPercentage(3));
    assertThat(sound.share(hz)).isGreaterThan(0.8);
    assertThat(sound.share(hz * 1.5)).isLessThan(0.1);
    assertThat(sound.audible()).isBetween(0.6, 0.9);
    assertThat(sound.clicksPerSecond()).isZero();
  }

  @Test
  void silenceHasNoPitch() {
    var sound = new Sound(new short[Voice.RATE], Voice.RATE);
    assertThat(sound.pitch()).isZero();
    assertThat(sound.audible()).isZero();
  }

  @Test
  void aCutInTheMiddleOfAWaveIsAClick() {
    short[] samples = new Voice(150).speak(2);
    for (int i = 5_000; i < samples.length; i += 4_800) {
      samples[i] = (short) (samples[i] > 0 ? -16_000 : 16_000);
    }
    assertThat(new Sound(samples, Voice.RATE).clicksPerSecond()).isGreaterThan(5);
  }
}
