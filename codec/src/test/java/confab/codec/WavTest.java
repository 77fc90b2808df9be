package confab.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // the directory comes from JUnit
class WavTest {
  @TempDir Path directory;

  private Path write(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("some.wav"), bytes);
  }

  private static short[] readAll(Path path) throws IOException {
    var all = new short[0];
    short[] frame = new short[Pcm.FRAME_SAMPLES];
    try (var reader = WavReader.open(path)) {
      while (reader.read(frame)) {
        int length = all.length;
        all = Arrays.copyOf(all, length + frame.length);
        System.arraycopy(frame, 0, all, length, frame.length);
      }
    }
    return all;
  }

  private static byte[] tone(String kind, int bits, int rate, int channels, double hertz) {
    return new WavBytes(kind, bits, rate, channels).tone(hertz, 0.5, rate);
  }

  @ParameterizedTest
  @CsvSource({
    "pcm, 8, 8000, 1",
    "pcm, 8, 8000, 2",
    "pcm, 16, 8000, 2",
    "pcm, 16, 11025, 1",
    "pcm, 16, 16000, 1",
    "pcm, 16, 22050, 2",
    "pcm, 16, 44100, 2",
    "pcm, 16, 48000, 1",
    "pcm, 24, 44100, 2",
    "pcm, 24, 96000, 6",
    "pcm, 32, 48000, 2",
    "pcm, 32, 192000, 1",
    "float, 32, 44100, 2",
    "float, 64, 48000, 1",
    "float, 32, 32000, 1",
    "extensible, 16, 48000, 2",
    "extensible, 24, 44100, 2",
    "extensible, 32, 48000, 1",
  })
  void aToneOfAnyFormatKeepsPitchLevelAndLength(String kind, int bits, int rate, int channels)
      throws IOException {
    short[] samples = readAll(write(tone(kind, bits, rate, channels, 440)));

    assertThat(samples.length).isBetween(48_000 - 960, 48_000 + 960);
    assertThat(Tone.amplitude(samples, 4_800, 43_200, 440)).isCloseTo(0.5, within(0.005));
    assertThat(Tone.rms(samples, 4_800, 43_200)).isCloseTo(0.5 / Math.sqrt(2), within(0.005));
  }

  @Test
  void aHighToneFrom44100HertzGetsNoMirrorImage() throws IOException {
    short[] samples = readAll(write(tone("pcm", 16, 44_100, 1, 15_000)));

    assertThat(Tone.amplitude(samples, 4_800, 43_200, 15_000)).isCloseTo(0.5, within(0.005));
    assertThat(Tone.residue(samples, 4_800, 43_200, 15_000)).isLessThan(0.0001);
  }

  @Test
  void aToneFrom8000HertzGetsNoMirrorImage() throws IOException {
    short[] samples = readAll(write(tone("pcm", 16, 8_000, 1, 3_000)));

    assertThat(Tone.amplitude(samples, 4_800, 43_200, 3_000)).isCloseTo(0.5, within(0.005));
    assertThat(Tone.residue(samples, 4_800, 43_200, 3_000)).isLessThan(0.0001);
  }

  @Test
  void whatIsAboveTheLowerNyquistFrequencyIsRemovedAndNotFoldedDown() throws IOException {
    short[] samples = readAll(write(tone("pcm", 16, 96_000, 1, 30_000)));

    assertThat(Tone.rms(samples, 4_800, 43_200)).isLessThan(0.0001);
  }

  @Test
  void oddChunksBeforeTheSoundAreSkipped() throws IOException {
    byte[] wav = tone("pcm", 16, 48_000, 1, 440);
    var padded = ByteBuffer.allocate(wav.length + 12).order(ByteOrder.LITTLE_ENDIAN);
    padded
        .put(wav, 0, 12)
        .put("LIST".getBytes(StandardCharsets.US_ASCII))
        .putInt(3)
        .put(new byte[4]);
    padded.put(wav, 12, wav.length - 12);

    assertThat(readAll(write(padded.array()))).hasSize(48_000);
  }

  @Test
  void aFileThatWasCutOffIsPlayedAsFarAsItGoes() throws IOException {
    byte[] wav = tone("pcm", 16, 48_000, 1, 440);

    assertThat(readAll(write(Arrays.copyOf(wav, 44 + 2 * 960 + 1)))).hasSize(960);
  }

  @Test
  void aFileOfUnknownLengthIsPlayedToItsEnd() throws IOException {
    byte[] wav = tone("pcm", 16, 48_000, 1, 440);
    ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).putInt(40, -1);

    assertThat(readAll(write(wav))).hasSize(48_000);
  }

  @Test
  void aFileOfFloatsThatAreNoNumbersIsSilent() throws IOException {
    byte[] wav = tone("float", 32, 48_000, 1, 440);
    var buffer = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 44; at < wav.length; at += 4) {
      buffer.putFloat(at, at % 8 == 0 ? Float.NaN : Float.POSITIVE_INFINITY);
    }

    assertThat(readAll(write(wav))).containsOnly((short) 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "RIFF", "RIFFxxxxWAVE", "RIFFxxxxWAVEfmt ", "ID3 music"})
  void whatIsNoAudioIsRefusedWithOneLineThatNamesTheFile(String text) throws IOException {
    Path path = write(text.getBytes(StandardCharsets.US_ASCII));

    assertThatThrownBy(() -> WavReader.open(path))
        .isInstanceOf(NotAudioException.class)
        .hasMessageContaining("some.wav")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aFileThatIsNotThereAndADirectoryAreRefused() {
    assertThatThrownBy(() -> WavReader.open(directory.resolve("none.wav")))
        .isInstanceOf(NotAudioException.class)
        .hasMessageEndingWith("no such file");
    assertThatThrownBy(() -> WavReader.open(directory))
        .isInstanceOf(NotAudioException.class)
        .hasMessageEndingWith("is a directory");
  }

  @Test
  void aDamagedFileIsPlayedOrRefusedButNothingElse() throws IOException {
    var random = new Random(11);
    byte[] wav = Arrays.copyOf(tone("extensible", 24, 44_100, 2, 440), 4_000);
    for (int round = 0; round < 1_000; round++) {
      byte[] damaged = Arrays.copyOf(wav, random.nextInt(wav.length));
      for (int i = 0; i < 4 && damaged.length > 0; i++) {
        damaged[random.nextInt(Math.min(damaged.length, 80))] = (byte) random.nextInt(256);
      }
      Path path = write(damaged);
      try {
        readAll(path);
      } catch (NotAudioException e) {
        assertThat(e).hasMessageContaining("some.wav");
      }
    }
  }

  @Test
  void aWrittenFileIsValidAtAnyTimeAndReadsBack() throws IOException {
    Path path = directory.resolve("written.wav");
    short[] tone = Tone.sine(440, 0.25, 75 * Pcm.FRAME_SAMPLES);
    var writer = new WavWriter(path);
    for (int i = 0; i < 75; i++) {
      writer.write(Tone.frame(tone, i));
    }

    assertThat(readAll(path)).hasSize(48_000);

    writer.close();
    writer.write(tone);
    writer.close();
    assertThat(Arrays.equals(readAll(path), tone)).isTrue();
  }
}
