package confab.participant.speech;

import static org.assertj.core.api.Assertions.assertThat;

import confab.codec.Pcm;
import confab.codec.WavWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // the directory comes from JUnit
class SoundTest {
  @TempDir Path directory;

  private final short[] frame = new short[Pcm.FRAME_SAMPLES];

  private Path wav(int frames) throws IOException {
    Path path = directory.resolve("some.wav");
    try (var writer = new WavWriter(path)) {
      writer.write(new short[frames * Pcm.FRAME_SAMPLES]);
    }
    return path;
  }

  private int framesOf(Sound sound, int most) throws IOException {
    try (sound) {
      int frames = 0;
      while (frames < most && sound.read(frame)) {
        frames++;
      }
      return frames;
    }
  }

  @Test
  void aFileIsSpokenOnceOrOverAndOver() throws IOException {
    assertThat(framesOf(new Sound.Wav(wav(3), false), 100)).isEqualTo(3);
    assertThat(framesOf(new Sound.Wav(wav(3), true), 100)).isEqualTo(100);
  }

  @Test
  void theLastRawSamplesAreFilledUpWithSilence() throws IOException {
    var raw = new Sound.Raw(new ByteArrayInputStream(new byte[] {1, 2, 3, 4, 5}));

    assertThat(raw.read(frame)).isTrue();
    assertThat(frame).startsWith(0x0201, 0x0403, 5, 0);
    assertThat(raw.read(frame)).isFalse();
  }

  @Test
  void aToneIsAsLoudInEveryFrame() throws IOException {
    var tone = new Sound.Tone(440);
    for (int i = 0; i < 1000; i++) {
      assertThat(tone.read(frame)).isTrue();
      assertThat(Pcm.level(frame) & 0x7f).isBetween(14, 16);
    }
  }
}
