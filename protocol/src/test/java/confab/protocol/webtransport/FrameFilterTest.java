package confab.protocol.webtransport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FrameFilterTest {
  private static final int GREASE = 0x21 + 0x1f * 1000;

  private static byte[] frame(long type, int length) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(Varint.toBytes(type));
    out.writeBytes(Varint.toBytes(length));
    for (int i = 0; i < length; i++) {
      out.write(i);
    }
    return out.toByteArray();
  }

  private static byte[] all(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /// In pieces of every length up to that of a large packet.
  private static void assertPasses(Supplier<FrameFilter> filters, byte[] in, byte[] out) {
    for (int piece = 1; piece <= 1300; piece = piece * 3 + 1) {
      FrameFilter filter = filters.get();
      var passed = new ByteArrayOutputStream();
      for (int at = 0; at < in.length; at += piece) {
        var bytes = ByteBuffer.wrap(in, at, Math.min(piece, in.length - at));
        var room = ByteBuffer.allocate(bytes.remaining() + FrameFilter.MAX_HELD);
        filter.filter(bytes, room);
        assertThat(bytes.hasRemaining()).isFalse();
        passed.write(room.array(), 0, room.position());
      }
      assertThat(passed.toByteArray()).as("pieces of %d", piece).isEqualTo(out);
    }
  }

  @Test
  void whatIsNotKnownIsTakenOut() {
    byte[] headers = frame(0x01, 300);
    byte[] data = frame(0x00, 5000);
    byte[] empty = frame(0x00, 0);
    assertPasses(
        FrameFilter::ofBidirectional,
        all(frame(GREASE, 0), headers, frame(GREASE, 20_000), data, empty, frame(0x7f, 3), data),
        all(headers, data, empty, data));
  }

  @Test
  void streamsOfWebTransportPassAsTheyAre() {
    byte[] stream = all(Varint.toBytes(0x41), Varint.toBytes(4), frame(GREASE, 100));
    assertPasses(FrameFilter::ofBidirectional, stream, stream);
  }

  @Test
  void ofUnidirectionalStreamsTheControlStreamHasFrames() {
    byte[] settings = frame(0x04, 30);
    assertPasses(
        FrameFilter::ofUnidirectional,
        all(new byte[] {0}, settings, frame(GREASE, 2000), frame(0x07, 1)),
        all(new byte[] {0}, settings, frame(0x07, 1)));
    byte[] qpack = all(new byte[] {2}, frame(GREASE, 10));
    assertPasses(FrameFilter::ofUnidirectional, qpack, qpack);
  }
}
