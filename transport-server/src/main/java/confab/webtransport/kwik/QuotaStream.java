package confab.webtransport.kwik;

import confab.protocol.webtransport.FrameFilter;
import confab.protocol.webtransport.WebTransportNumbers;
import confab.webtransport.engine.EngineLimits;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import tech.kwik.core.QuicStream;

/// A QUIC stream whose reader gets at most [EngineLimits#MAX_HTTP_STREAM_BYTES], and no frames that
/// Flupke does not know, which ends a connection for one ahead of the headers. HTTP/3 frames say
/// their own length and Flupke gathers them whole, so without this quota a peer could make the edge
/// hold a gigabyte.
///
/// The control stream of a WebTransport session is long-lived and exempt; its first bytes tell it
/// from the others.
final class QuotaStream implements QuicStream {
  private final QuicStream stream;
  private final InputStream in;

  QuotaStream(QuicStream stream) {
    this.stream = stream;
    FrameFilter frames =
        stream.isUnidirectional() ? FrameFilter.ofUnidirectional() : FrameFilter.ofBidirectional();
    in = new QuotaInput(stream.getInputStream(), frames);
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return stream.getOutputStream();
  }

  @Override
  public int getStreamId() {
    return stream.getStreamId();
  }

  @Override
  public boolean isUnidirectional() {
    return stream.isUnidirectional();
  }

  @Override
  public boolean isClientInitiatedBidirectional() {
    return stream.isClientInitiatedBidirectional();
  }

  @Override
  public boolean isServerInitiatedBidirectional() {
    return stream.isServerInitiatedBidirectional();
  }

  @Override
  public void abortReading(long errorCode) {
    stream.abortReading(errorCode);
  }

  @Override
  public void resetStream(long errorCode) {
    stream.resetStream(errorCode);
  }

  private static final class QuotaInput extends FilterInputStream {
    /// The two bytes of the varint.
    private static final int WEBTRANSPORT_STREAM =
        0x4000 | (int) WebTransportNumbers.WT_BIDIRECTIONAL_STREAM;

    private static final int PIECE = 1024;

    private final FrameFilter frames;
    private final byte[] piece = new byte[PIECE];
    private final ByteBuffer passed = ByteBuffer.allocate(PIECE + FrameFilter.MAX_HELD).flip();
    private int first;
    private long count;

    QuotaInput(InputStream in, FrameFilter frames) {
      super(in);
      this.frames = frames;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      while (!passed.hasRemaining()) {
        int n = super.read(piece, 0, PIECE);
        if (n < 0) {
          return -1;
        }
        frames.filter(ByteBuffer.wrap(piece, 0, n), passed.clear());
        passed.flip();
      }
      int n = Math.min(length, passed.remaining());
      passed.get(bytes, offset, n);
      for (int i = 0; i < n && count + i < 2; i++) {
        first = first << 8 | bytes[offset + i] & 0xff;
      }
      count(n);
      return n;
    }

    /// Of what waits below, all may turn out to be left out.
    @Override
    public int available() throws IOException {
      return passed.hasRemaining() ? passed.remaining() : super.available();
    }

    private void count(int n) throws IOException {
      count += n;
      if (count > EngineLimits.MAX_HTTP_STREAM_BYTES && first != WEBTRANSPORT_STREAM) {
        throw new IOException(
            "more than " + EngineLimits.MAX_HTTP_STREAM_BYTES + " bytes on an HTTP/3 stream");
      }
    }
  }
}
