package confab.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
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
    "pcm, 24, 96000, 4",
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

  /// What ffmpeg, sox and programs that were killed write.
  @ParameterizedTest
  @ValueSource(ints = {-1, -2, 0x7fff_f000, 0})
  void aFileOfUnknownLengthIsPlayedToItsEnd(int length) throws IOException {
    byte[] wav = tone("pcm", 16, 48_000, 1, 440);
    ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).putInt(40, length);

    assertThat(readAll(write(wav))).hasSize(48_000);
  }

  @Test
  void aFileWithoutSoundIsRefusedAlsoWhenOtherChunksFollow() throws IOException {
    byte[] wav = Arrays.copyOf(tone("pcm", 16, 48_000, 1, 440), 44 + 12);
    ByteBuffer.wrap(wav)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(40, 0)
        .position(44)
        .put("LIST".getBytes(StandardCharsets.US_ASCII))
        .putInt(4);
    for (byte[] nothing : new byte[][] {wav, Arrays.copyOf(wav, 44)}) {
      Path path = write(nothing);
      assertThatThrownBy(() -> WavReader.open(path)).hasMessageEndingWith("it holds no sound");
    }
  }

  /// Sizes of 64 bits, known or not.
  @ParameterizedTest
  @CsvSource({"RF64, 96000", "BW64, 96000", "RF64, 0"})
  void aFileWithSizesOf64BitsIsPlayed(String tag, long dataBytes) throws IOException {
    byte[] wav = tone("pcm", 16, 48_000, 1, 440);
    var large = ByteBuffer.allocate(wav.length + 36 + 8).order(ByteOrder.LITTLE_ENDIAN);
    large.put(tag.getBytes(StandardCharsets.US_ASCII)).putInt(-1).put(wav, 8, 4);
    large.put("ds64".getBytes(StandardCharsets.US_ASCII)).putInt(28);
    large.putLong(0).putLong(dataBytes).putLong(0).putInt(0);
    large.put(wav, 12, 28).putInt(-1).put(wav, 44, wav.length - 44);
    int behind = dataBytes == 0 ? 8 : 0;

    assertThat(readAll(write(Arrays.copyOf(large.array(), large.capacity() - behind))))
        .hasSize(48_000);
  }

  @Test
  void samplesOf24BitsInFourBytesStandInTheUpperOnes() throws IOException {
    byte[] wav = tone("pcm", 32, 48_000, 1, 440);
    ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).putShort(34, (short) 24);

    short[] samples = readAll(write(wav));
    assertThat(Tone.amplitude(samples, 4_800, 43_200, 440)).isCloseTo(0.5, within(0.005));
  }

  /// ITU-T G.711, table 1 and 2: the loudest and the quietest of both signs.
  @ParameterizedTest
  @CsvSource({
    "7, 0x00, -32124", "7, 0x80, 32124", "7, 0xff, 0", "7, 0xfe, 8", "7, 0x7e, -8",
    "6, 0xd5, 8", "6, 0x55, -8", "6, 0xaa, 32256", "6, 0x2a, -32256", "6, 0xc5, 264"
  })
  void compandedSamplesAreExpanded(short tag, short coded, int sample) {
    var format = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN);
    format.putShort(tag).putShort((short) 1).putInt(8000).putInt(8000);
    format.putShort((short) 1).putShort((short) 8).rewind();
    var parsed = WavFormat.parse(format);

    byte[] bytes = {(byte) coded};
    assertThat(parsed.sample(ByteBuffer.wrap(bytes), 0)).isEqualTo(sample / 32768f);
  }

  @ParameterizedTest
  @CsvSource({
    "0x11, 4, 'it holds ADPCM'",
    "0x55, 0, 'it holds MPEG audio'",
    "0x1234, 16, 'it holds sound of kind 0x1234'",
    "1, 40, 'it has samples of 40 bits in 2 bytes'"
  })
  void whatCannotBePlayedIsRefusedByItsReason(int tag, int bits, String reason) throws IOException {
    byte[] wav = tone("pcm", 16, 48_000, 1, 440);
    ByteBuffer.wrap(wav)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(20, (short) tag)
        .putShort(34, (short) bits);
    Path path = write(wav);
    assertThatThrownBy(() -> WavReader.open(path)).hasMessageEndingWith(": " + reason);
  }

  /// Of each channel a factor for the same tone, and how loud it has to be.
  @ParameterizedTest
  @CsvSource({
    "'1 1',          1",
    "'1 0',          1",
    "'0 1',          1",
    "'1 -1',         1",
    "'1 -0.9',       0.95",
    "'1 0.5',        0.75",
    "'0 0 1 0 0 0',  1",
    "'1 0 0 0 0 0',  0.7071",
    "'0 0 0 1 0 0',  0",
    "'0 0 0 0 1 0',  0.5",
    "'0 0 1 0 0 0 0 0', 1"
  })
  void whatIsOnAChannelIsHeard(String factors, double loudness) throws IOException {
    double[] channels =
        Arrays.stream(factors.split(" ")).mapToDouble(Double::parseDouble).toArray();
    byte[] wav = tone("pcm", 16, 48_000, channels.length, 440);
    var samples = ByteBuffer.wrap(wav, 44, wav.length - 44).order(ByteOrder.LITTLE_ENDIAN).slice();
    var shorts = samples.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    for (int i = 0; i < shorts.limit(); i++) {
      shorts.put(i, (short) (shorts.get(i) * channels[i % channels.length]));
    }
    short[] mono = readAll(write(wav));
    assertThat(Tone.amplitude(mono, 0, 48_000, 440)).isCloseTo(0.5 * loudness, within(0.01));
  }

  @Test
  void allChannelsAtTheirLoudestAreNotDistorted() throws IOException {
    short[] mono = readAll(write(new WavBytes("pcm", 16, 48_000, 6).tone(440, 0.9, 48_000)));
    assertThat(Tone.amplitude(mono, 4_800, 43_200, 440)).isCloseTo(1, within(0.02));
    assertThat(Tone.residue(mono, 4_800, 43_200, 440)).isLessThan(0.01);
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

  @Test
  void aFileOfMoreThan4GibibytesGoesOn() throws IOException {
    Path path = directory.resolve("long.wav");
    short[] frame = Tone.frame(Tone.sine(440, 0.25, Pcm.FRAME_SAMPLES), 0);
    long before = 0xffff_ff00L;
    try (var writer = new WavWriter(path, before)) {
      writer.write(frame);
    }
    assertThat(Files.size(path)).isEqualTo(80 + before + 2 * frame.length);
    var header = ByteBuffer.allocate(80).order(ByteOrder.LITTLE_ENDIAN);
    try (var file = FileChannel.open(path)) {
      file.read(header);
    }
    assertThat(new String(header.array(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RF64");
    assertThat(header.getLong(28)).isEqualTo(before + 2 * frame.length);
    try (var reader = WavReader.open(path)) {
      assertThat(reader.read(frame)).isTrue();
    }
  }

  @Test
  void whatIsWrittenIntoAPipeIsReadAlong() throws IOException {
    var out = new ByteArrayOutputStream();
    short[] tone = Tone.sine(440, 0.25, 3 * Pcm.FRAME_SAMPLES);
    var writer = new WavStream(out);
    writer.write(tone);
    assertThat(Arrays.equals(readAll(write(out.toByteArray())), tone)).isTrue();
    writer.close();
    writer.write(tone);
    assertThat(out.size()).isEqualTo(44 + 2 * tone.length);
  }
}
