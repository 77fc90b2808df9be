package confab.codec;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes a WAV file of 16 bits, 48 kHz, mono. The lengths in its header are brought up to date
/// every second and on [#close], so the file is valid even when the process is killed.
///
/// May be closed by another thread than the one that writes.
public final class WavWriter implements Closeable {
  private static final int HEADER_BYTES = 44;

  /// RIFF counts bytes in 32 bits: what comes after some 12 hours is left out.
  private static final long MAX_DATA_BYTES = 0xffff_ffffL - HEADER_BYTES;

  private final FileChannel file;
  private long dataBytes;
  private long dataBytesInHeader;

  /// Replaces the file when there is one.
  public WavWriter(Path path) throws IOException {
    file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    writeHeader();
  }

  /// Appends `samples`; after [#close] it does nothing.
  public synchronized void write(short[] samples) throws IOException {
    if (!file.isOpen() || dataBytes + 2L * samples.length > MAX_DATA_BYTES) {
      return;
    }
    var bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    long position = HEADER_BYTES + dataBytes;
    while (bytes.hasRemaining()) {
      position += file.write(bytes, position);
    }
    dataBytes += 2L * samples.length;
    if (dataBytes - dataBytesInHeader >= 2L * Pcm.SAMPLE_RATE) {
      writeHeader();
    }
  }

  private void writeHeader() throws IOException {
    var header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.put("RIFF".getBytes(StandardCharsets.US_ASCII));
    header.putInt((int) (HEADER_BYTES - 8 + dataBytes));
    header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII));
    header.putInt(16).putShort((short) 1).putShort((short) 1);
    header.putInt(Pcm.SAMPLE_RATE).putInt(2 * Pcm.SAMPLE_RATE);
    header.putShort((short) 2).putShort((short) 16);
    header.put("data".getBytes(StandardCharsets.US_ASCII));
    header.putInt((int) dataBytes).flip();
    long position = 0;
    while (header.hasRemaining()) {
      position += file.write(header, position);
    }
    dataBytesInHeader = dataBytes;
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
