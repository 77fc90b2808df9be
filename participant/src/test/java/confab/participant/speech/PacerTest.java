package confab.participant.speech;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacerTest {
  private static final long MILLI = 1_000_000;

  private final HandClock clock = new HandClock();

  /// Sleeps by going on, too long by as much as it is told.
  private static final class HandClock implements Pacer.Clock {
    long now = 5_000 * MILLI;
    long oversleep;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void sleep(long nanos) {
      now += nanos + oversleep;
    }
  }

  @Test
  void framesAreDueEvery20Milliseconds() {
    var pacer = new Pacer(clock, 2, 25);
    long start = clock.now;
    for (int i = 0; i < 100; i++) {
      assertThat(pacer.await()).isEqualTo(1);
      assertThat(clock.now - start).isEqualTo(20 * MILLI * i);
    }
  }

  @Test
  void latenessDoesNotAddUp() {
    var pacer = new Pacer(clock, 2, 25);
    long start = clock.now;
    clock.oversleep = 7 * MILLI;
    for (int i = 0; i < 100; i++) {
      pacer.await();
    }

    assertThat(pacer.position()).isEqualTo(100);
    assertThat(clock.now - start).isEqualTo((99 * 20 + 7) * MILLI);
  }

  @Test
  void lateFramesFollowInPairsWithAWaitBetween() {
    var pacer = new Pacer(clock, 2, 25);
    pacer.await();
    long before = clock.now;
    clock.now += 200 * MILLI;

    assertThat(pacer.await()).isEqualTo(2);
    assertThat(clock.now - before).isEqualTo(200 * MILLI);
    assertThat(pacer.await()).isEqualTo(2);
    assertThat(clock.now - before).isEqualTo(210 * MILLI);
    while (pacer.await() == 2) {}
    assertThat(pacer.position()).isEqualTo((clock.now - before) / (20 * MILLI) + 1);
  }

  @Test
  void aLongPauseIsSkippedAndNotMadeUpFor() {
    var pacer = new Pacer(clock, 2, 25);
    pacer.await();
    clock.now += 10_000 * MILLI;

    assertThat(pacer.await()).isEqualTo(1);
    assertThat(pacer.position()).isEqualTo(501);
    long before = clock.now;
    assertThat(pacer.await()).isEqualTo(1);
    assertThat(clock.now - before).isEqualTo(20 * MILLI);
  }

  @Test
  void whatIsWrittenToAFileMissesNothing() {
    var pacer = new Pacer(clock, Integer.MAX_VALUE, Long.MAX_VALUE);
    pacer.await();
    clock.now += 10_000 * MILLI;

    assertThat(pacer.await()).isEqualTo(500);
  }
}
