package confab.participant.speech;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import confab.codec.Pcm;
import confab.codec.WavWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
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
      while (frames < most && sound.read(frame) == Sound.Read.FRAME) {
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
    var in = new ByteArrayInputStream(new byte[] {1, 2, 3, 4, 5});
    try (var raw = new Piped(in, Piped.Form.RAW, false)) {
      awaitFrame(raw);
      assertThat(frame).startsWith(0x0201, 0x0403, 5, 0);
      await().until(() -> raw.read(frame) == Sound.Read.END);
    }
  }

  private void awaitFrame(Sound sound) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> sound.read(frame) == Sound.Read.FRAME);
  }

  @Test
  void aPipeThatFallsSilentKeepsNobodyWaiting() throws IOException {
    var pipe = new PipedOutputStream();
    try (var raw = new Piped(new PipedInputStream(pipe), Piped.Form.RAW, false)) {
      assertThat(raw.read(frame)).isEqualTo(Sound.Read.NOTHING_YET);
      pipe.write(new byte[2 * Pcm.FRAME_SAMPLES]);
      pipe.flush();
      awaitFrame(raw);
      assertThat(raw.read(frame)).isEqualTo(Sound.Read.NOTHING_YET);
      pipe.close();
      await().until(() -> raw.read(frame) == Sound.Read.END);
    }
  }

  /// Frames that tell their number.
  private static byte[] numbered(int frames) {
    var bytes = ByteBuffer.allocate(frames * 2 * Pcm.FRAME_SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < frames * Pcm.FRAME_SAMPLES; i++) {
      bytes.putShort((short) (i / Pcm.FRAME_SAMPLES));
    }
    return bytes.array();
  }

  @Test
  void aRecordingIsSpokenWholeAndALiveSourceFromItsEnd() throws IOException {
    byte[] sound = numbered(200);
    try (var recorded = new Piped(new ByteArrayInputStream(sound), Piped.Form.RAW, false)) {
      for (int i = 0; i < 200; i++) {
        awaitFrame(recorded);
        assertThat(frame[0]).isEqualTo((short) i);
      }
    }
    var held = new ByteArrayInputStream(sound);
    try (var live = new Piped(held, Piped.Form.RAW, true)) {
      await().until(() -> held.available() == 0);
      await()
          .until(
              () -> {
                awaitFrame(live);
                return frame[0] == 199;
              });
      assertThat(live.read(frame)).isEqualTo(Sound.Read.END);
    }
  }

  @Test
  void whatAPipeHoldsIsWhatItIsSaidToHold() throws IOException {
    byte[] wav = Files.readAllBytes(wav(3));
    assertThat(framesOf(new Piped(new ByteArrayInputStream(wav), Piped.Form.WAV, false)))
        .isEqualTo(3);
    var raw = new Piped(new ByteArrayInputStream(wav), Piped.Form.RAW, false);
    await()
        .untilAsserted(
            () -> assertThatThrownBy(() -> raw.read(frame)).hasMessageEndingWith("use --file -"));
    var none = new Piped(new ByteArrayInputStream(numbered(1)), Piped.Form.WAV, false);
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> none.read(frame))
                    .hasMessageContaining("standard input is not a WAV file"));
  }

  /// As when the program that writes into the pipe is ended.
  @Test
  void aWavFileThatStopsWithinASampleIsSpokenThatFar() throws IOException {
    Path whole = directory.resolve("whole.wav");
    try (var writer = new WavWriter(whole)) {
      short[] samples = new short[3 * Pcm.FRAME_SAMPLES];
      Arrays.fill(samples, (short) 1000);
      writer.write(samples);
    }
    byte[] bytes = Files.readAllBytes(whole);
    byte[] torn = Arrays.copyOf(bytes, bytes.length - 2 * (Pcm.FRAME_SAMPLES - 100) + 1);
    try (var wav = new Piped(new ByteArrayInputStream(torn), Piped.Form.WAV, false)) {
      for (int i = 0; i < 3; i++) {
        awaitFrame(wav);
      }
      assertThat(frame[99]).isEqualTo((short) 1000);
      assertThat(Arrays.copyOfRange(frame, 100, frame.length)).containsOnly((short) 0);
      await().until(() -> wav.read(frame) == Sound.Read.END);
    }
  }

  private int framesOf(Piped sound) throws IOException {
    int frames = 0;
    for (Sound.Read read = sound.read(frame); read != Sound.Read.END; read = sound.read(frame)) {
      frames += read == Sound.Read.FRAME ? 1 : 0;
    }
    return frames;
  }

  @Test
  void aToneIsAsLoudInEveryFrame() throws IOException {
    var tone = new Sound.Tone(440);
    for (int i = 0; i < 1000; i++) {
      assertThat(tone.read(frame)).isEqualTo(Sound.Read.FRAME);
      assertThat(Pcm.level(frame) & 0x7f).isBetween(14, 16);
    }
  }
}
