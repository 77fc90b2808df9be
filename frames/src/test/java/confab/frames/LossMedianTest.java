package confab.frames;

import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.Frame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a publisher is told that its listeners miss, when some of them lie.
class LossMedianTest {
  private static final int SENT = 200;
  private static final Rate PLENTY = new Rate(1e6, 1_000_000);

  private final FramePath path =
      new FramePath(Forwarding.defaults(), new MediaCounters(), new RoundFlusher(System::nanoTime));
  private final List<Subscriber> all =
      IntStream.rangeClosed(1, 5).mapToObj(i -> new Subscriber(i, new Deaf())).toList();
  private final Subscriber speaker = all.getFirst();
  private long now;

  private static final class Deaf implements MediaLink {
    @Override
    public void sendMedia(Bundle bundle, long now) {}

    @Override
    public long framesDropped() {
      return 0;
    }
  }

  /// Of the speaker, to everybody else.
  private void sendFrames() {
    var limits = new MediaLimits(PLENTY, PLENTY);
    var publisher = new Publisher(path, 1, "network", limits, new MediaCounters(), now);
    for (int i = 0; i < SENT; i++) {
      now += Duration.ofMillis(5).toNanos();
      publisher.publish(
          ByteBuffer.wrap(new Frame(false, Frame.VOICE, 1, i, 0, new byte[60]).toBundle()), now);
    }
  }

  private void enter(int participants) {
    all.stream().limit(participants).forEach(path::subscribe);
    path.setParticipants(participants, now);
    sendFrames();
  }

  private boolean report(int listener, int received, int lost) {
    return path.report(all.get(listener), received, lost, now);
  }

  private int told() {
    return path.listenersLoss(speaker, now);
  }

  @Test
  void theOnlyOneWhoListensIsBelieved() {
    enter(2);
    report(1, 150, 50);
    assertThat(told()).isEqualTo(250);
  }

  @Test
  void oneLiarBesideOneHonestListenerChangesNothing() {
    enter(3);
    report(1, SENT, 0);
    report(2, 0, SENT);
    assertThat(told()).isZero();
  }

  @Test
  void oneBesideThoseWhoSayNothingMakesNobodySoundWorse() {
    enter(2);
    // Somebody on another edge.
    path.setParticipants(3, now);
    report(1, 0, SENT);
    assertThat(told()).as("no more than pages prepare for by themselves").isEqualTo(100);
  }

  @Test
  void ofFourTheHigherHalfChangesNothing() {
    enter(5);
    report(1, SENT, 0);
    report(2, 190, 10);
    report(3, 0, SENT);
    report(4, 0, SENT);
    assertThat(told()).isEqualTo(50);
  }

  @Test
  void whatMostListenersMissIsTold() {
    enter(4);
    report(1, 180, 20);
    report(2, 160, 40);
    report(3, SENT, 0);
    assertThat(told()).isEqualTo(100);
  }

  @Test
  void theSpeakersOwnReportIsLeftOut() {
    enter(3);
    report(0, 0, 50);
    report(1, 180, 20);
    report(2, 160, 40);
    assertThat(told()).isEqualTo(100);
  }

  @Test
  void aReportOfMoreThanWasSentIsIgnored() {
    enter(2);
    report(1, SENT, 0);
    sendFrames();
    now += 1;

    assertThat(report(1, 0, 2 * SENT)).as("lost").isFalse();
    sendFrames();
    assertThat(report(1, 2 * SENT + 1, 20)).as("received").isFalse();
    assertThat(told()).isZero();
  }

  @Test
  void theFirstReportMayTellOfAnotherConnectionAndSaysNothing() {
    enter(2);
    assertThat(report(1, 3 * SENT, 3 * SENT)).as("no lie").isTrue();
    assertThat(told()).isZero();
    assertThat(report(1, 3 * SENT, 3 * SENT)).isFalse();
  }

  @Test
  void whatIsOnTheWayWhenAReportIsMadeBelongsToTheNext() {
    enter(2);
    assertThat(report(1, 20, 0)).isTrue();
    sendFrames();
    assertThat(report(1, 2 * SENT - 40, 10)).isTrue();
  }

  @Test
  void aShareOfFewFramesSaysNothing() {
    enter(2);
    report(1, 0, 9);
    assertThat(told()).isZero();
    report(1, 0, 10);
    now += 1;
    assertThat(told()).isEqualTo(1000);
  }
}
