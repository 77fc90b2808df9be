package confab.webtransport.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InitialPacketTest {
  @Test
  void theTokenIsFoundWhateverStandsBeforeIt() {
    for (int tokenBytes : new int[] {0, 1, 63, 64, 200}) {
      for (int source : new int[] {0, 8, 20}) {
        ByteBuffer packet = packet(8, source, tokenBytes, 900, 1200);
        assertThat(InitialPacket.token(packet))
            .isNotNull()
            .extracting(ByteBuffer::remaining)
            .isEqualTo(tokenBytes);
        assertThat(packet.position()).isZero();
      }
    }
  }

  @Test
  void whatNoClientMaySendIsNone() {
    assertThat(InitialPacket.token(packet(8, 8, 0, 900, 1199))).isNull();
    assertThat(InitialPacket.token(packet(7, 8, 0, 900, 1200))).isNull();
    assertThat(InitialPacket.token(packet(21, 8, 0, 900, 1200))).isNull();
    assertThat(InitialPacket.token(packet(8, 21, 0, 900, 1200))).isNull();
    assertThat(InitialPacket.token(packet(8, 8, 0, 16, 1200))).isNull();
    assertThat(InitialPacket.token(packet(8, 8, 0, 1200, 1200))).isNull();
    assertThat(InitialPacket.token(packet(8, 8, 1190, 900, 1200))).isNull();
    ByteBuffer handshake = packet(8, 8, 0, 900, 1200);
    assertThat(InitialPacket.token(handshake.put(0, (byte) 0xe0))).isNull();
  }

  @Test
  void whateverComesIsReadWithoutComplaint() {
    var random = new Random(14);
    byte[] bytes = new byte[1200];
    for (int i = 0; i < 20_000; i++) {
      random.nextBytes(bytes);
      bytes[0] = (byte) 0xc0;
      ByteBuffer packet = ByteBuffer.wrap(bytes, 0, 1 + random.nextInt(1200));
      InitialPacket.token(packet);
      InitialPacket.source(packet);
      InitialPacket.destination(packet);
      InitialPacket.token(ByteBuffer.wrap(bytes));
    }
  }

  private static ByteBuffer packet(
      int destination, int source, int tokenBytes, int length, int datagram) {
    return ByteBuffer.allocate(2000)
        .put((byte) 0xc0)
        .putInt(1)
        .put((byte) destination)
        .put(new byte[destination])
        .put((byte) source)
        .put(new byte[source])
        .putShort((short) (0x4000 | tokenBytes))
        .put(new byte[Math.min(tokenBytes, 300)])
        .putShort((short) (0x4000 | length))
        .position(datagram)
        .flip();
  }
}
