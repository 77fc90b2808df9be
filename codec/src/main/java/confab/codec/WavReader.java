package confab.codec;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/// Reads a WAV file as frames of 48 kHz mono. The file may hold PCM of 8 to 32 bits or floating
/// point, 1 to 64 channels (which are averaged), and 1 to 768 kHz. It is read piece by piece, so a
/// long file takes no more memory than a short one. Used by one thread.
public final class WavReader implements Closeable {
  private static final int MAX_FORMAT_BYTES = 1024;
  private static final int CHUNK_HEADER_BYTES = 8;

  /// The length that a program writes when it cannot know the length.
  private static final long UNKNOWN_LENGTH = 0xffff_ffffL;

  private final Path path;
  private final InputStream in;
  private final WavFormat format;
  private final byte[] bytes;
  private final Resampler resampler;
  private long dataBytesLeft;

  private WavReader(Path path, InputStream in) throws IOException {
    this.path = path;
    this.in = in;
    requireRiff();
    format = readFormat();
    dataBytesLeft = seekData();
    bytes = new byte[format.bytesPerFrame() * 1024];
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
    try {
      return new WavReader(path, in);
    } catch (IOException e) {
      closeQuietly(in);
      throw e instanceof NotAudioException known ? known : new NotAudioException(unreadable(path));
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
      throw new NotAudioException(unreadable(path));
    }
  }

  private static String unreadable(Path path) {
    return path + " cannot be read";
  }

  private NotAudioException notAudio(String why) {
    return new NotAudioException(path + " is not a WAV file that can be played: " + why);
  }

  private void requireRiff() throws IOException {
    byte[] riff = in.readNBytes(12);
    if (riff.length < 12 || !tag(riff, 0).equals("RIFF") || !tag(riff, 8).equals("WAVE")) {
      throw notAudio("it does not begin with RIFF and WAVE");
    }
  }

  private WavFormat readFormat() throws IOException {
    long length = seek("fmt ");
    if (length > MAX_FORMAT_BYTES) {
      throw notAudio("its format chunk is too long");
    }
    byte[] chunk = in.readNBytes((int) length);
    skip(length & 1);
    var parsed = WavFormat.parse(ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN));
    if (chunk.length < length || parsed == null) {
      throw notAudio("only PCM of 8, 16, 24 or 32 bits and floating point are known");
    }
    return parsed;
  }

  private long seekData() throws IOException {
    long length = seek("data");
    if (length == 0) {
      throw notAudio("it holds no sound");
    }
    return length == UNKNOWN_LENGTH ? Long.MAX_VALUE : length;
  }

  /// Skips chunks up to the one called `name`; its length. A chunk of odd length is padded.
  private long seek(String name) throws IOException {
    while (true) {
      byte[] header = in.readNBytes(CHUNK_HEADER_BYTES);
      if (header.length < CHUNK_HEADER_BYTES) {
        throw notAudio("it has no '" + name.strip() + "' chunk");
      }
      long length =
          ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(4) & UNKNOWN_LENGTH;
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
    int frames = Math.min(length, bytes.length / format.bytesPerFrame());
    int wanted = (int) Math.min(dataBytesLeft, (long) frames * format.bytesPerFrame());
    int got = in.readNBytes(bytes, 0, wanted);
    dataBytesLeft -= got;
    int read = got / format.bytesPerFrame();
    var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < read; i++) {
      into[offset + i] = format.mono(buffer, i * format.bytesPerFrame());
    }
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
