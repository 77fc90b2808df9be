package confab.frames;

import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.FrameHeader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final MediaCounters counters = new MediaCounters();
  private long now;
  private final Outbox outbox = new Outbox(counters);

  @Test
  void bundlesLeaveInTheOrderInWhichTheyCame() {
    for (int i = 0; i < 10; i++) {
      outbox.put(bundle(i), now);
    }
    assertThat(drain()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(counters.framesOut()).isEqualTo(10);
  }

  @Test
  void whenFullTheOldestGoes() {
    for (int i = 0; i < Outbox.CAPACITY + 5; i++) {
      outbox.put(bundle(i), now);
    }
    List<Integer> left = drain();
    assertThat(left).hasSize(Outbox.CAPACITY).startsWith(5).endsWith(Outbox.CAPACITY + 4);
    assertThat(counters.drops(DropReason.OUTBOX_FULL)).isEqualTo(5);
  }

  @Test
  void whatWaitedTooLongIsNotSent() {
    outbox.put(bundle(1), now);
    now = 100_000_000;
    outbox.put(bundle(2), now);
    now = 121_000_000;

    assertThat(drain()).containsExactly(2);
    assertThat(counters.drops(DropReason.STALE)).isEqualTo(1);
  }

  @Test
  void whatDoesNotFitStays() {
    outbox.put(new Bundle(new byte[100], 1), now);

    assertThat(outbox.take(99, now)).isNull();
    assertThat(outbox.headBytes()).isEqualTo(100);
    assertThat(outbox.take(100, now)).isNotNull();
    assertThat(outbox.headBytes()).isZero();
  }

  @Test
  void whatWaitsLeavesTogetherAsFarAsItFits() {
    for (int i = 0; i < 5; i++) {
      outbox.put(new Bundle(new byte[300], 3), now);
    }

    assertThat(outbox.take(1000, now)).extracting(Bundle::frames).isEqualTo(9);
    assertThat(outbox.take(300, now)).extracting(Bundle::frames).isEqualTo(3);
    assertThat(outbox.take(1000, now)).extracting(Bundle::frames).isEqualTo(3);
    assertThat(outbox.take(1000, now)).isNull();
    assertThat(counters.framesOut()).isEqualTo(15);
    assertThat(counters.bundlesOut()).isEqualTo(3);
  }

  @Test
  void noBundleGrowsBeyondWhatAReceiverTakes() {
    for (int i = 0; i < 5; i++) {
      outbox.put(new Bundle(new byte[300], 3), now);
    }

    assertThat(outbox.take(Integer.MAX_VALUE, now))
        .matches(bundle -> bundle.bytes().length <= FrameHeader.MAX_BUNDLE_BYTES);
  }

  @Test
  void nothingIsLostOrDoubledBetweenManyPuttersAndATaker() throws InterruptedException {
    int each = 2000;
    List<Thread> putters = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      putters.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < each; i++) {
                      outbox.put(bundle(i), now);
                    }
                  }));
    }
    int taken = 0;
    while (putters.stream().anyMatch(Thread::isAlive)) {
      taken += drain().size();
    }
    taken += drain().size();
    assertThat(taken + counters.drops(DropReason.OUTBOX_FULL)).isEqualTo(4L * each);
  }

  private List<Integer> drain() {
    List<Integer> taken = new ArrayList<>();
    for (Bundle next = outbox.take(1200, now); next != null; next = outbox.take(1200, now)) {
      for (byte mark : next.bytes()) {
        taken.add((int) mark);
      }
    }
    return taken;
  }

  private static Bundle bundle(int mark) {
    return new Bundle(new byte[] {(byte) mark}, 1);
  }
}
