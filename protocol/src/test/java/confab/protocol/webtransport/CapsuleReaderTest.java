package confab.protocol.webtransport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import confab.protocol.CloseReason;
import confab.protocol.webtransport.Capsule.CloseSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CapsuleReaderTest {
  private static final CloseSession KICKED = new CloseSession(6, "kicked");

  /// A capsule that means nothing, the close, and what nobody reads.
  private static byte[] stream() {
    var out = new ByteArrayOutputStream();
    out.writeBytes(Varint.toBytes(0x42));
    out.writeBytes(new byte[] {3, 1, 2, 3});
    out.writeBytes(Capsule.close(CloseReason.KICKED));
    out.writeBytes(new byte[] {9, 9});
    return out.toByteArray();
  }

  private static byte[] tooLong() {
    var out = new ByteArrayOutputStream();
    out.writeBytes(Varint.toBytes(WebTransportNumbers.WT_CLOSE_SESSION));
    out.writeBytes(Varint.toBytes(Capsule.MAX_CLOSE_BYTES + 1));
    return out.toByteArray();
  }

  @Test
  void theCloseIsFoundBehindOtherCapsules() throws IOException {
    assertThat(CapsuleReader.awaitClose(new ByteArrayInputStream(stream()))).isEqualTo(KICKED);
  }

  @Test
  void aStreamThatEndsWithoutACloseHasNone() throws IOException {
    byte[] skipped = Arrays.copyOf(stream(), 6);

    assertThat(CapsuleReader.awaitClose(new ByteArrayInputStream(skipped))).isNull();
    assertThat(new CapsuleReader().read(ByteBuffer.wrap(skipped))).isNull();
    assertThatThrownBy(
            () -> CapsuleReader.awaitClose(new ByteArrayInputStream(Arrays.copyOf(skipped, 5))))
        .isInstanceOf(EOFException.class);
  }

  @Test
  void inPiecesOfAnyLengthTheCloseIsFoundOnce() throws IOException {
    byte[] stream = stream();
    for (int length = 1; length <= stream.length; length++) {
      var reader = new CapsuleReader();
      int found = 0;
      for (int at = 0; at < stream.length; at += length) {
        var piece = ByteBuffer.wrap(stream, at, Math.min(length, stream.length - at));
        CloseSession close = reader.read(piece);
        found += KICKED.equals(close) ? 1 : 0;
      }
      assertThat(found).as("pieces of %d", length).isEqualTo(1);
    }
  }

  @Test
  void aCloseThatIsTooLongIsRefusedBeforeItHasCome() throws IOException {
    var reader = new CapsuleReader();

    assertThatThrownBy(() -> reader.read(ByteBuffer.wrap(tooLong())))
        .isInstanceOf(ProtocolException.class);
    assertThat(reader.read(ByteBuffer.wrap(stream()))).as("what follows is ignored").isNull();
    assertThatThrownBy(() -> CapsuleReader.awaitClose(new ByteArrayInputStream(tooLong())))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void whatIsNotKnownIsSkippedHoweverLongItIs() throws IOException {
    int length = 100_000;
    var out = new ByteArrayOutputStream();
    out.writeBytes(Varint.toBytes(0x42));
    out.writeBytes(Varint.toBytes(length));
    out.writeBytes(new byte[length]);
    out.writeBytes(stream());
    byte[] bytes = out.toByteArray();

    assertThat(CapsuleReader.awaitClose(new ByteArrayInputStream(bytes))).isEqualTo(KICKED);
    var reader = new CapsuleReader();
    CloseSession found = null;
    for (int at = 0; at < bytes.length && found == null; at += 1000) {
      found = reader.read(ByteBuffer.wrap(bytes, at, Math.min(1000, bytes.length - at)));
    }
    assertThat(found).isEqualTo(KICKED);
  }

  @Test
  void whateverComesBothWaysOfReadingAgree() {
    var random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      assertThat(inPieces(bytes, 1 + random.nextInt(5))).isEqualTo(blocking(bytes));
    }
  }

  @Test
  void whatBrowsersSayForACrashedPageIsNoGoodbye() {
    assertThat(new CloseSession(0, "").fromParticipant()).isEqualTo(CloseReason.CONNECTION_LOST);
    assertThat(new CloseSession(0, "left").fromParticipant()).isEqualTo(CloseReason.LEFT);
    assertThat(new CloseSession(11, "").fromParticipant()).isEqualTo(CloseReason.UNLOADED);
  }

  private static @Nullable Object blocking(byte[] bytes) {
    try {
      return CapsuleReader.awaitClose(new ByteArrayInputStream(bytes));
    } catch (ProtocolException e) {
      return ProtocolException.class;
    } catch (IOException e) {
      return null; // Cut off: there may be more to come.
    }
  }

  private static @Nullable Object inPieces(byte[] bytes, int length) {
    var reader = new CapsuleReader();
    try {
      for (int at = 0; at < bytes.length; at += length) {
        int end = Math.min(at + length, bytes.length);
        CloseSession close = reader.read(ByteBuffer.wrap(bytes, at, end - at));
        if (close != null) {
          return close;
        }
      }
      return null;
    } catch (ProtocolException e) {
      return ProtocolException.class;
    }
  }
}
