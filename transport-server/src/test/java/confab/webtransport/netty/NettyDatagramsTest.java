package confab.webtransport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import confab.frames.Bundle;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NettyDatagramsTest {
  private static final Bundle BUNDLE = new Bundle(new byte[] {7, 8, 9}, 1);

  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
  private final NettyDatagrams datagrams = new NettyDatagrams(allocator);

  @AfterEach
  void nothingIsLeft() {
    datagrams.close();
    assertThat(bytesHeld()).isZero();
  }

  private long bytesHeld() {
    return allocator.metric().usedDirectMemory();
  }

  @Test
  void aDatagramIsTheSessionsIdAndTheBundle() {
    assertThat(bytes(datagrams.of(0, BUNDLE))).containsExactly(0, 7, 8, 9);
    assertThat(bytes(datagrams.of(64, BUNDLE))).containsExactly(0x40, 64, 7, 8, 9);
  }

  @Test
  void theReceiversOfABundleShareItsBytes() {
    ByteBuf alices = datagrams.of(0, BUNDLE);
    ByteBuf bobs = datagrams.of(0, BUNDLE);
    assertThat(bobs.memoryAddress()).isEqualTo(alices.memoryAddress());
    assertThat(bytesHeld()).isEqualTo(4);

    alices.release();
    assertThat(bytes(bobs)).containsExactly(0, 7, 8, 9);
  }

  @Test
  void anotherBundleOrAnotherSessionsIdIsAnotherDatagram() {
    ByteBuf first = datagrams.of(0, BUNDLE);
    ByteBuf equal = datagrams.of(0, new Bundle(BUNDLE.bytes(), 1));
    ByteBuf other = datagrams.of(1, BUNDLE);
    assertThat(List.of(first.memoryAddress(), equal.memoryAddress(), other.memoryAddress()))
        .doesNotHaveDuplicates();
    List.of(first, equal, other).forEach(ByteBuf::release);
  }

  @Test
  void bytesAreFreeWhenNobodyHasThemAndAnotherBundleCame() {
    List<ByteBuf> all = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      all.add(datagrams.of(0, BUNDLE));
    }
    datagrams.of(0, new Bundle(new byte[10], 1)).release();
    all.forEach(ByteBuf::release);
    assertThat(bytesHeld()).isEqualTo(11);
  }

  @Test
  void onceClosedItHoldsNothing() {
    datagrams.of(0, BUNDLE).release();
    datagrams.close();
    assertThat(bytesHeld()).isZero();

    assertThat(bytes(datagrams.of(0, BUNDLE))).containsExactly(0, 7, 8, 9);
    assertThat(bytesHeld()).isZero();
    datagrams.close();
  }

  /// The engine's allocator: a share of a pooled buffer has to keep it from being handed out again.
  @Test
  void whatIsStillToBeSentIsNotOverwritten() {
    var pooled = new NettyDatagrams(PooledByteBufAllocator.DEFAULT);
    ByteBuf waiting = pooled.of(0, BUNDLE);
    for (int i = 0; i < 100; i++) {
      pooled.of(0, new Bundle(new byte[] {1, 2, 3}, 1)).release();
    }
    assertThat(bytes(waiting)).containsExactly(0, 7, 8, 9);
    pooled.close();
  }

  private static byte[] bytes(ByteBuf datagram) {
    try {
      return ByteBufUtil.getBytes(datagram);
    } finally {
      datagram.release();
    }
  }
}
