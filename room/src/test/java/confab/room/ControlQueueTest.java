package confab.room;

import static org.assertj.core.api.Assertions.assertThat;

import confab.room.limits.Limit;
import confab.room.limits.LimitCounters;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ControlQueueTest {
  private final LimitCounters limited = new LimitCounters();
  private final ControlQueue queue = new ControlQueue(limited);
  private long now = 1;

  private boolean put(int bytes) {
    return queue.put(new byte[bytes], false, now);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void messagesComeOutInTheirOrder() throws Exception {
    assertThat(queue.put(new byte[] {1}, false, now)).isTrue();
    assertThat(queue.put(new byte[] {2}, true, now)).isTrue();
    assertThat(queue.take()).containsExactly(1);
    assertThat(queue.poll()).containsExactly(2);
    assertThat(queue.poll()).isNull();
  }

  @Test
  void thousandsOfMessagesAtOnceAreNobodysFault() {
    for (int i = 0; i < 5_000; i++) {
      assertThat(put(200)).isTrue();
    }
  }

  @Test
  void oneMessageIsNeverTooLong() {
    assertThat(put(2 * ControlQueue.MAX_BYTES)).isTrue();
    assertThat(put(1)).isFalse();
  }

  @Test
  void whoReadsNothingForTooLongIsSlowAndWhoReadsAnythingIsNot() {
    assertThat(put(1)).isTrue();
    assertThat(put(1)).isTrue();
    pass(Duration.ofSeconds(10));
    assertThat(put(1)).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(put(1)).isFalse();
    assertThat(limited.limited(Limit.UNREAD)).isOne();
    queue.poll();
    queue.poll();
    assertThat(put(1)).isTrue();
  }

  @Test
  void moreThanFitsIsNeverKept() {
    int kept = 0;
    while (put(1_000)) {
      kept++;
    }
    assertThat(kept).isEqualTo(ControlQueue.MAX_BYTES / 1_000);
  }

  @Test
  void wordsAreDroppedBeforeState() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(queue.put(new byte[4_000], true, now)).isTrue();
    }
    assertThat(limited.limited(Limit.UNREAD_TEXT))
        .isEqualTo(1_000 - ControlQueue.MAX_WORD_BYTES / 4_000);
    assertThat(put(100)).isTrue();
    while (queue.poll() != null) {
      // Reads on.
    }
    assertThat(queue.put(new byte[4_000], true, now)).isTrue();
    assertThat(queue.poll()).hasSize(4_000);
  }
}
