package confab.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PcmTest {
  private static short[] constant(int value) {
    short[] frame = new short[Pcm.FRAME_SAMPLES];
    Arrays.fill(frame, (short) value);
    return frame;
  }

  @Test
  void silenceHasLevel127AndNoVoice() {
    assertThat(Pcm.level(constant(0))).isEqualTo(127);
  }

  @Test
  void fullScaleHasLevel0AndMayBeAVoice() {
    assertThat(Pcm.level(constant(Short.MIN_VALUE))).isEqualTo(0x80);
  }

  @Test
  void aSineAtATenthOfFullScaleIs23DecibelsBelowIt() {
    assertThat(Pcm.level(Tone.sine(1000, 0.1, Pcm.FRAME_SAMPLES))).isEqualTo(0x80 | 23);
  }

  @Test
  void faintNoiseIsNoVoice() {
    assertThat(Pcm.level(constant(10))).isEqualTo(70);
  }

  @Test
  void aMixOfSeveralSpeakersSaturates() {
    var mixer = new Mixer();
    mixer.add(constant(30_000));
    mixer.add(constant(20_000));
    mixer.add(constant(-1_000));

    assertThat(mixer.take()).containsOnly(Short.MAX_VALUE);

    mixer.add(constant(-30_000));
    mixer.add(constant(-20_000));
    assertThat(mixer.take()).containsOnly(Short.MIN_VALUE);
  }

  @Test
  void aMixOfNobodyIsSilent() {
    var mixer = new Mixer();
    mixer.add(constant(5));
    assertThat(mixer.take()).containsOnly((short) 5);

    assertThat(mixer.take()).containsOnly((short) 0);
  }
}
