package confab.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes a WAV file into a pipe, from which somebody reads along. Its header says that the length
/// is not known, as other programs do (all ones).
public final class WavStream implements WavOutput {
  private static final int HEADER_BYTES = 44;

  private final OutputStream out;
  private volatile boolean closed;

  /// Writes the header; may wait for a reader.
  public WavStream(OutputStream out) throws IOException {
    this.out = out;
    var header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(-1);
    WavWriter.putFormat(header.put("WAVE".getBytes(StandardCharsets.US_ASCII)));
    header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(-1);
    out.write(header.array());
    out.flush();
  }

  @Override
  public void write(short[] samples) throws IOException {
    if (!closed) {
      var bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asShortBuffer().put(samples);
      out.write(bytes.array());
      out.flush();
    }
  }

  /// Waits for nobody: a reader that stands still may keep a writer for ever.
  @Override
  public void close() throws IOException {
    closed = true;
    out.close();
  }
}
