package confab.edge.http;

import io.undertow.util.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.StreamSinkConduit;

/// Puts a page into the answer to an HTTP/1.1 request that Undertow cannot read, such as one for
/// `/meeting/50%`, which browsers send as it is typed. Undertow's parser writes a bare 400 past all
/// handlers and closes the connection; what it writes is exchanged here. Immutable.
public final class ReadableRefusals {
  /// What Undertow's `HttpReadListener` writes, byte for byte.
  private static final ByteBuffer BARE =
      ascii("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

  private final ByteBuffer answer;

  /// @param page HTML
  public ReadableRefusals(byte[] page, SecurityHeaders headers) {
    var head = new StringBuilder("HTTP/1.1 400 Bad Request\r\n");
    headers.all().forEach((name, value) -> head.append(line(name.toString(), value)));
    head.append(line(Headers.CONTENT_TYPE_STRING, "text/html; charset=utf-8"))
        .append(line(Headers.CACHE_CONTROL_STRING, "no-store"))
        .append(line(Headers.CONTENT_LENGTH_STRING, String.valueOf(page.length)))
        .append(line(Headers.CONNECTION_STRING, "close"))
        .append("\r\n");
    var all = new ByteArrayOutputStream();
    all.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(page);
    answer = ByteBuffer.wrap(all.toByteArray()).asReadOnlyBuffer();
  }

  private static String line(String name, String value) {
    return name + ": " + value + "\r\n";
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();
  }

  /// To be called before the connection is handed to a listener.
  public void on(StreamConnection connection) {
    ConduitStreamSinkChannel sink = connection.getSinkChannel();
    sink.setConduit(new Exchange(sink.getConduit(), answer));
  }

  /// Used by the I/O thread of its connection.
  private static final class Exchange extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private final ByteBuffer answer;

    /// What is left of the answer; null until there is something to refuse.
    private @Nullable ByteBuffer rest;

    Exchange(StreamSinkConduit next, ByteBuffer answer) {
      super(next);
      this.answer = answer;
    }

    /// Undertow sees its own bytes taken once all of ours are.
    @Override
    public int write(ByteBuffer source) throws IOException {
      if (rest == null && source.equals(BARE)) {
        rest = answer.duplicate();
      }
      if (rest == null) {
        return super.write(source);
      }
      super.write(rest);
      if (rest.hasRemaining()) {
        return 0;
      }
      int taken = source.remaining();
      source.position(source.limit());
      return taken;
    }
  }
}
