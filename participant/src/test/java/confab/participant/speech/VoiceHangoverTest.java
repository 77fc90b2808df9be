package confab.participant.speech;

import static org.assertj.core.api.Assertions.assertThat;

import confab.codec.Pcm;
import confab.protocol.Frame;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VoiceHangoverTest {
  private final VoiceHangover hangover = new VoiceHangover();

  private boolean isVoice(int amplitude) {
    short[] samples = new short[Pcm.FRAME_SAMPLES];
    Arrays.fill(samples, (short) amplitude);
    int level = Pcm.level(samples);
    int applied = hangover.applyTo(level);
    assertThat(applied & 0x7f).as("loudness").isEqualTo(level & 0x7f);
    return (applied & Frame.VOICE) != 0;
  }

  @Test
  void voiceStandsOverAPauseOf200MillisecondsAndNoLonger() {
    assertThat(isVoice(0)).isFalse();
    assertThat(isVoice(3000)).isTrue();
    for (int frame = 0; frame < 10; frame++) {
      assertThat(isVoice(10)).isTrue();
    }
    assertThat(isVoice(10)).isFalse();
    assertThat(isVoice(0)).isFalse();
  }

  @Test
  void everyVoiceBeginsThe200MillisecondsAnew() {
    for (int syllable = 0; syllable < 5; syllable++) {
      assertThat(isVoice(3000)).isTrue();
      for (int frame = 0; frame < 9; frame++) {
        assertThat(isVoice(0)).isTrue();
      }
    }
  }
}
