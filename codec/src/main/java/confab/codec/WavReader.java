package confab.codec;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a WAV file as frames of 48 kHz mono: RIFF, RF64 and BW64, with PCM of up to 32 bits,
/// floating point, A-law or µ-law, 1 to 64 channels (see [Downmix]), and 1 to 768 kHz. The file is
/// read piece by piece, so a long one takes no more memory than a short one. Used by one thread.
public final class WavReader implements Closeable {
  private static final int MAX_FORMAT_BYTES = 1024;
  private static final int CHUNK_HEADER_BYTES = 8;
  private static final int BLOCK_FRAMES = 1024;

  private static final Pattern CHUNK_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9 ]{3}");

  private static final long UNSIGNED = 0xffff_ffffL;

  /// Programs that write into a pipe cannot know the length, and write a great one: all ones or a
  /// little less, or, like sox, this.
  private static final long UNKNOWN_FROM = 0xffff_ff00L;

  private static final long UNKNOWN_TO_SOX = 0x7fff_f000L;

  /// Of the sizes in 64 bits (EBU Tech 3306) only that of the sound is of interest.
  private static final int DS64_BYTES = 28;

  private final String name;
  private final PushbackInputStream in;
  private final WavFormat format;
  private final byte[] bytes;
  private final float[] samples;
  private final Downmix downmix;
  private final Resampler resampler;
  private long dataBytes64;
  private long dataBytesLeft;

  private WavReader(String name, InputStream in) throws IOException {
    this.name = name;
    this.in = new PushbackInputStream(in, CHUNK_HEADER_BYTES);
    if (requireRiff()) {
      dataBytes64 = readDataBytes64();
    }
    format = readFormat();
    dataBytesLeft = seekData();
    bytes = new byte[format.frameBytes() * BLOCK_FRAMES];
    samples = new float[format.channels() * BLOCK_FRAMES];
    downmix = new Downmix(format.channels(), format.speakers(), format.rate());
    resampler = new Resampler(this::readMono, format.rate());
  }

  /// Opens `path` and reads up to its sound.
  ///
  /// @throws NotAudioException when it is not there or not a WAV file that can be played
  public static WavReader open(Path path) throws NotAudioException {
    InputStream in;
    try {
      if (Files.isDirectory(path)) {
        throw new NotAudioException(path + " is a directory");
      }
      in = new BufferedInputStream(Files.newInputStream(path));
    } catch (NoSuchFileException e) {
      throw new NotAudioException(path + ": no such file");
    } catch (NotAudioException e) {
      throw e;
    } catch (IOException e) {
      throw new NotAudioException(path + " cannot be read");
    }
    return open(path.toString(), in);
  }

  /// Reads `in` up to its sound; waits where it is a pipe.
  ///
  /// @param name for messages
  /// @throws NotAudioException when it does not hold a WAV file that can be played; then `in` is
  ///     closed
  public static WavReader open(String name, InputStream in) throws NotAudioException {
    try {
      return new WavReader(name, in);
    } catch (IOException e) {
      closeQuietly(in);
      throw e instanceof NotAudioException known ? known : new NotAudioException(unreadable(name));
    }
  }

  /// The next frame of the file; the last one is filled up with silence.
  ///
  /// @param frame any number of samples, usually [Pcm#FRAME_SAMPLES]
  /// @return false at the end, then `frame` is unchanged
  /// @throws NotAudioException when the file cannot be read on
  public boolean read(short[] frame) throws NotAudioException {
    try {
      int samples = resampler.read(frame);
      if (samples < 0) {
        return false;
      }
      Arrays.fill(frame, samples, frame.length, (short) 0);
      return true;
    } catch (IOException e) {
      throw new NotAudioException(unreadable(name));
    }
  }

  private static String unreadable(String name) {
    return name + " cannot be read";
  }

  private NotAudioException notAudio(String why) {
    return new NotAudioException(name + " is not a WAV file that can be played: " + why);
  }

  /// Whether it is one with sizes in 64 bits.
  private boolean requireRiff() throws IOException {
    byte[] riff = in.readNBytes(12);
    boolean large = riff.length == 12 && Set.of("RF64", "BW64").contains(tag(riff, 0));
    boolean known = large || (riff.length == 12 && tag(riff, 0).equals("RIFF"));
    if (!known || !tag(riff, 8).equals("WAVE")) {
      throw notAudio("it does not begin with RIFF and WAVE");
    }
    return large;
  }

  /// 0 when the writer did not know.
  private long readDataBytes64() throws IOException {
    long length = seek("ds64");
    byte[] chunk = in.readNBytes((int) Math.min(length, DS64_BYTES));
    if (chunk.length < DS64_BYTES) {
      throw notAudio("its chunk of sizes is too short");
    }
    skip(length - DS64_BYTES + (length & 1));
    return Math.max(0, ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).getLong(8));
  }

  private WavFormat readFormat() throws IOException {
    long length = seek("fmt ");
    if (length > MAX_FORMAT_BYTES) {
      throw notAudio("its format chunk is too long");
    }
    byte[] chunk = in.readNBytes((int) length);
    skip(length & 1);
    try {
      return WavFormat.parse(ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN));
    } catch (IllegalArgumentException e) {
      throw notAudio(String.valueOf(e.getMessage()));
    }
  }

  private long seekData() throws IOException {
    long length = seek("data");
    if (length >= UNKNOWN_FROM && dataBytes64 > 0) {
      return dataBytes64;
    }
    if (length == 0 && !hasSoundBehind()) {
      throw notAudio("it holds no sound");
    }
    boolean unknown = length == 0 || length == UNKNOWN_TO_SOX || length >= UNKNOWN_FROM;
    return unknown ? Long.MAX_VALUE : length;
  }

  /// A program that was killed leaves a length of 0, with sound behind it; one that had nothing to
  /// write leaves other chunks at most, or the end.
  private boolean hasSoundBehind() throws IOException {
    byte[] behind = in.readNBytes(CHUNK_HEADER_BYTES);
    in.unread(behind);
    boolean chunk = behind.length >= 4 && CHUNK_NAME.matcher(tag(behind, 0)).matches();
    return behind.length > 0 && !chunk;
  }

  /// Skips chunks up to the one called `name`; its length. A chunk of odd length is padded.
  private long seek(String name) throws IOException {
    while (true) {
      byte[] header = in.readNBytes(CHUNK_HEADER_BYTES);
      if (header.length < CHUNK_HEADER_BYTES) {
        throw notAudio("it has no '" + name.strip() + "' chunk");
      }
      long length = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(4) & UNSIGNED;
      if (tag(header, 0).equals(name)) {
        return length;
      }
      skip(length + (length & 1));
    }
  }

  private void skip(long count) throws IOException {
    for (long left = count; left > 0; ) {
      long skipped = in.skip(left);
      if (skipped <= 0) {
        // A file channel skips past its end happily, other streams stop: either way seek ends it.
        return;
      }
      left -= skipped;
    }
  }

  private static String tag(byte[] header, int offset) {
    return new String(header, offset, 4, StandardCharsets.ISO_8859_1);
  }

  /// A file that was cut off simply ends there; half a sample at its end is left out.
  private int readMono(float[] into, int offset, int length) throws IOException {
    int frames = Math.min(length, BLOCK_FRAMES);
    int wanted = (int) Math.min(dataBytesLeft, (long) frames * format.frameBytes());
    int got = in.readNBytes(bytes, 0, wanted);
    dataBytesLeft -= got;
    int read = got / format.frameBytes();
    var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < read * format.channels(); i++) {
      samples[i] = format.sample(buffer, i * format.sampleBytes());
    }
    downmix.mix(samples, read, into, offset);
    return read == 0 ? -1 : read;
  }

  private static void closeQuietly(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // Nothing was written, so nothing is lost.
    }
  }

  @Override
  public void close() {
    closeQuietly(in);
  }
}
