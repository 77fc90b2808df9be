package confab.participant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private static final long MILLI = 1_000_000;

  private long now = Long.MAX_VALUE - 500 * MILLI;
  private final Heartbeat heartbeat = new Heartbeat(now);

  /// Lets time go by as the watch does: it comes when it is told to.
  private int pingsIn(long millis, boolean heard) {
    int pings = 0;
    long end = now + millis * MILLI;
    while (true) {
      pings += heartbeat.takePing(now) ? 1 : 0;
      long next = heartbeat.nanosToNext(now);
      assertThat(next).isPositive();
      if (now + next - end > 0) {
        now = end;
        return pings;
      }
      now += next;
      if (heard) {
        heartbeat.onHeard(now);
      }
    }
  }

  @Test
  void theFirstPingIsDueAtOnceAndThenOneEveryTwoSeconds() {
    assertThat(heartbeat.takePing(now)).isTrue();
    assertThat(heartbeat.takePing(now)).isFalse();
    assertThat(pingsIn(10_000, true)).isBetween(4, 5);
  }

  @Test
  void silenceIsAskedAboutEvery300Milliseconds() {
    assertThat(heartbeat.takePing(now)).isTrue();
    assertThat(pingsIn(299, false)).isZero();
    assertThat(pingsIn(2, false)).isEqualTo(1);
    assertThat(pingsIn(300, false)).isEqualTo(1);
  }

  @Test
  void silenceOf800MillisecondsIsTheEnd() {
    now += 800 * MILLI;
    assertThat(heartbeat.isSilent(now)).isFalse();
    assertThat(heartbeat.isSilent(now + MILLI)).isTrue();
    heartbeat.onHeard(now);
    assertThat(heartbeat.isSilent(now + MILLI)).isFalse();
    assertThat(heartbeat.hasHeardSince(now - 1)).isTrue();
    assertThat(heartbeat.hasHeardSince(now)).isFalse();
  }

  @Test
  void aLongWayIsGivenMoreTime() {
    heartbeat.onAnswer(now, now - 400 * MILLI);
    assertThat(heartbeat.roundTrip()).hasMillis(400);
    assertThat(heartbeat.isSilent(now + 1500 * MILLI)).isFalse();
    assertThat(heartbeat.isSilent(now + 1501 * MILLI)).isTrue();
  }

  @Test
  void theWatchIsBackWhenSilenceBecomesTheEnd() {
    long began = now;
    while (!heartbeat.isSilent(now)) {
      heartbeat.takePing(now);
      now += heartbeat.nanosToNext(now);
    }
    assertThat(now - began).isBetween(800 * MILLI, 802 * MILLI);
  }
}
