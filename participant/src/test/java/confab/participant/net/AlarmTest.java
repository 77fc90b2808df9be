package confab.participant.net;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AlarmTest {
  /// A link whose time is up while its last answer comes is no link: the alarm ends it a moment
  /// later, when its owner has begun to use it.
  @Test
  void whatHasBegunToHappenCannotBeCancelled() throws Exception {
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var rung = new AtomicInteger();
    var alarm =
        new Alarm(
            Duration.ofMillis(1),
            () -> {
              begun.countDown();
              awaitLatch(go);
              rung.incrementAndGet();
            });
    begun.await();

    assertThat(alarm.cancel()).isFalse();

    go.countDown();
    await().until(() -> rung.get() == 1);
  }

  @Test
  void whatIsCancelledDoesNotHappen() {
    var rung = new AtomicInteger();
    var alarm = new Alarm(Duration.ofMillis(200), rung::incrementAndGet);

    assertThat(alarm.cancel()).isTrue();

    await().during(Duration.ofMillis(400)).until(() -> rung.get() == 0);
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
