package confab.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes a WAV file. The lengths in its header are brought up to date every second and on
/// [#close], so the file is valid even when the process is killed.
///
/// RIFF counts bytes in 32 bits, some 12 hours of sound. A longer file becomes an RF64 (EBU Tech
/// 3306), for whose sizes of 64 bits the header has a place from the beginning on.
public final class WavWriter implements WavOutput {
  private static final int SIZES_BYTES = 28;
  private static final int HEADER_BYTES = 12 + 8 + SIZES_BYTES + 8 + 16 + 8;
  private static final long MAX_RIFF_BYTES = 0xffff_ff00L;

  private final FileChannel file;
  private long dataBytes;
  private long dataBytesInHeader;

  /// Replaces the file when there is one.
  public WavWriter(Path path) throws IOException {
    this(path, 0);
  }

  /// @param dataBytes of silence that are taken as written
  WavWriter(Path path, long dataBytes) throws IOException {
    this.dataBytes = dataBytes;
    file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    writeHeader();
  }

  @Override
  public synchronized void write(short[] samples) throws IOException {
    if (!file.isOpen()) {
      return;
    }
    var bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    writeAt(HEADER_BYTES + dataBytes, bytes);
    dataBytes += 2L * samples.length;
    if (dataBytes - dataBytesInHeader >= 2L * Pcm.SAMPLE_RATE) {
      writeHeader();
    }
  }

  private void writeHeader() throws IOException {
    long riffBytes = HEADER_BYTES - 8 + dataBytes;
    boolean large = riffBytes > MAX_RIFF_BYTES;
    var header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    put(header, large ? "RF64" : "RIFF").putInt(large ? -1 : (int) riffBytes);
    put(header, "WAVE");
    put(header, large ? "ds64" : "JUNK").putInt(SIZES_BYTES);
    if (large) {
      header.putLong(riffBytes).putLong(dataBytes).putLong(dataBytes / 2).putInt(0);
    } else {
      header.put(new byte[SIZES_BYTES]);
    }
    putFormat(header);
    put(header, "data").putInt(large ? -1 : (int) dataBytes);
    writeAt(0, header.flip());
    dataBytesInHeader = dataBytes;
  }

  private static ByteBuffer put(ByteBuffer header, String tag) {
    return header.put(tag.getBytes(StandardCharsets.US_ASCII));
  }

  /// The `fmt ` chunk of what this package writes.
  static void putFormat(ByteBuffer header) {
    put(header, "fmt ").putInt(16).putShort((short) 1).putShort((short) 1);
    header.putInt(Pcm.SAMPLE_RATE).putInt(2 * Pcm.SAMPLE_RATE);
    header.putShort((short) 2).putShort((short) 16);
  }

  private void writeAt(long start, ByteBuffer bytes) throws IOException {
    long position = start;
    while (bytes.hasRemaining()) {
      position += file.write(bytes, position);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (file.isOpen()) {
      try (file) {
        writeHeader();
      }
    }
  }
}
