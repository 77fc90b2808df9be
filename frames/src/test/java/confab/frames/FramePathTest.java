package confab.frames;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.bus.Bus;
import confab.bus.LocalBus;
import confab.bus.Subject;
import confab.protocol.Frame;
import confab.protocol.RoomId;
import confab.rig.Patience;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The way through a room, without a room.
class FramePathTest {
  private static final Rate PLENTY = new Rate(1e6, 1_000_000);
  private static final long MILLISECOND = 1_000_000;

  private final MediaCounters counters = new MediaCounters();
  private final MediaCounters busCounters = new MediaCounters();
  private final Forwarding forwarding = new Forwarding(0, 1, Duration.ofMillis(20));
  private final RoundFlusher flusher = new RoundFlusher(System::nanoTime);
  private final FramePath path = new FramePath(forwarding, busCounters, flusher);

  /// A link that keeps what it is given, and may be slow to take it.
  private static class Ear implements MediaLink {
    final List<List<Frame>> bundles = new CopyOnWriteArrayList<>();

    @Override
    public void sendMedia(Bundle bundle, long now) {
      bundles.add(Frame.parseBundle(bundle.bytes()));
    }

    @Override
    public long framesDropped() {
      return 0;
    }

    List<Integer> heard() {
      return bundles.stream().flatMap(List::stream).map(Frame::participant).toList();
    }
  }

  private Publisher publisher(int participant) {
    return publisher(path, participant);
  }

  private Publisher publisher(FramePath through, int participant) {
    var limits = new MediaLimits(PLENTY, PLENTY);
    return new Publisher(through, participant, participant, limits, counters, 0);
  }

  private static ByteBuffer frame(int sequence) {
    return ByteBuffer.wrap(
        new Frame(false, Frame.VOICE, 0, sequence, 0, new byte[] {1, 2, 3}).toBundle());
  }

  @Test
  void whoeverSpeaksIsNotHeldUpByADeliveryThatIsUnderWay() throws InterruptedException {
    var delivering = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var slow =
        new Ear() {
          @Override
          public void sendMedia(Bundle bundle, long now) {
            super.sendMedia(bundle, now);
            delivering.countDown();
            awaitQuietly(goOn);
          }
        };
    path.subscribe(new Subscriber(9, slow));
    Publisher alice = publisher(1);
    Publisher bob = publisher(2);
    Thread completer = Thread.ofPlatform().start(() -> alice.publish(frame(1), 0));
    assertThat(delivering.await(Patience.seconds(), TimeUnit.SECONDS)).isTrue();

    // Opens a round in which Alice's next frame is waited for.
    bob.publish(frame(1), 19 * MILLISECOND);

    assertThat(slow.bundles).hasSize(1);
    goOn.countDown();
    completer.join();
    path.flushIfDue(Duration.ofSeconds(1).toNanos());
    assertThat(slow.heard()).containsExactly(1, 2);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    await().until(() -> latch.getCount() == 0);
  }

  @Test
  void roundsGoOutInOrderAndCompleteHoweverManySpeakAtOnce() throws InterruptedException {
    int speakers = 8;
    int frames = 500;
    var ear = new Ear();
    path.subscribe(new Subscriber(99, ear));
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i <= speakers; i++) {
      Publisher publisher = publisher(i);
      threads.add(
          Thread.ofPlatform()
              .start(
                  () ->
                      IntStream.range(0, frames)
                          .forEach(each -> publisher.publish(frame(each), System.nanoTime()))));
    }
    for (Thread each : threads) {
      each.join();
    }
    path.flushIfDue(System.nanoTime() + Duration.ofSeconds(1).toNanos());

    for (int i = 1; i <= speakers; i++) {
      int participant = i;
      assertThat(
              ear.bundles.stream()
                  .flatMap(List::stream)
                  .filter(each -> each.participant() == participant)
                  .map(Frame::sequence))
          .containsExactlyElementsOf(IntStream.range(0, frames).boxed().toList());
    }
  }

  @Test
  void aRoundThatIsDueEarlierThanAllOthersGoesOutInTime() {
    flusher.start();
    var patient = new FramePath(new Forwarding(0, 1, Duration.ofHours(1)), busCounters, flusher);
    IntStream.rangeClosed(0, Forwarding.CROWD)
        .forEach(i -> patient.subscribe(new Subscriber(i, new Ear())));
    openRound(patient);

    var ear = new Ear();
    for (int round = 1; round <= 10; round++) {
      var hasty = new FramePath(forwarding, busCounters, flusher);
      hasty.subscribe(new Subscriber(99, ear));
      openRound(hasty);
      int heard = 2 * round;
      await().until(() -> ear.heard().size() == heard);
    }
    flusher.close();
  }

  @Test
  void whatIsDueNextIsNotLateByTheTimeThatHandingOutTook() {
    var clock = new AtomicLong();
    var slow = new RoundFlusher(clock::get);
    long due = 17 * MILLISECOND;
    slow.timer(now -> due - now).watch(due);
    slow.timer(
            _ -> {
              clock.addAndGet(5 * MILLISECOND);
              return -1;
            })
        .watch(0);

    long nap = slow.look();

    assertThat(clock.get() + nap).isEqualTo(due);
  }

  /// Its wake-up may be lost: a lock that the thread waits for meanwhile takes it.
  @Test
  void whatIsOpenedWhileTheThreadLooksIsLookedAtNext() {
    var looking = new RoundFlusher(new AtomicLong()::get);
    RoundFlusher.Timer newcomer = looking.timer(now -> -1);
    looking
        .timer(
            now -> {
              newcomer.watch(MILLISECOND);
              return Duration.ofHours(1).toNanos();
            })
        .watch(0);

    assertThat(looking.look()).isLessThanOrEqualTo(MILLISECOND);
  }

  /// One is heard alone, and is waited for when another speaks almost a frame later.
  private void openRound(FramePath through) {
    long now = System.nanoTime();
    publisher(through, 1).publish(frame(1), now);
    publisher(through, 2).publish(frame(1), now + 19 * MILLISECOND);
  }

  @Test
  void aReceiverThatCarriesFewIsSentThoseWhoBeganFirstBesidesItself() {
    Round round = new Round();
    round.begin(1);
    for (int i = 1; i <= 4; i++) {
      var speaker = new Speaker(i);
      byte[] bytes = frame(1).array();
      confab.protocol.FrameHeader.setParticipant(bytes, 0, i);
      speaker.hear(bytes, 0, i * MILLISECOND);
      round.add(speaker, bytes, 0, bytes.length, i * MILLISECOND);
    }

    assertThat(sent(round, 99, 2)).containsExactly(1, 2);
    assertThat(sent(round, 1, 2)).containsExactly(2, 3);
    assertThat(sent(round, 4, 2)).containsExactly(1, 2);
    assertThat(sent(round, 3, 4)).containsExactly(1, 2, 4);
    // Shares its mark with participant 1, and is somebody else.
    assertThat(sent(round, 65, 4)).containsExactly(1, 2, 3, 4);
  }

  private static List<Integer> sent(Round round, int participant, int most) {
    Bundle bundle = round.bundleFor(participant, most, 5 * MILLISECOND);
    return bundle == null
        ? List.of()
        : Frame.parseBundle(bundle.bytes()).stream().map(Frame::participant).toList();
  }

  @Test
  void theMedianOfWhatListenersMissLeavesOutWhoAsks() {
    List<Subscriber> all =
        IntStream.rangeClosed(1, 5).mapToObj(i -> new Subscriber(i, new Ear())).toList();
    all.forEach(path::subscribe);
    assertThat(path.listenersLoss(all.getFirst(), 1)).isZero();
    Publisher speaker = publisher(9);
    IntStream.range(0, 1000).forEach(i -> speaker.publish(frame(i), 1));

    // 0, 100, 200, 300 and 400 of a thousand.
    for (int i = 0; i < 5; i++) {
      path.report(all.get(i), 1000 - 100 * i, 100 * i, 2);
    }

    // Of four the lower median.
    assertThat(path.listenersLoss(all.getFirst(), 2)).isEqualTo(200);
    assertThat(path.listenersLoss(all.get(2), 2)).isEqualTo(100);
    assertThat(path.listenersLoss(all.get(4), 2)).isEqualTo(100);
    long later = 2 + Duration.ofSeconds(4).toNanos();
    assertThat(path.listenersLoss(all.getFirst(), later)).as("too old").isZero();
  }

  @Test
  void framesOfUnknownKindsFromTheBusAreLeftOutAndCounted() {
    var ear = new Ear();
    path.subscribe(new Subscriber(9, ear));
    byte[] known = frame(1).array();
    byte[] unknown = known.clone();
    unknown[0] |= 2 << 4;
    byte[] message = ByteBuffer.allocate(2 * known.length).put(unknown).put(known).array();

    path.forwardFromBus(message, 0);

    assertThat(ear.heard()).hasSize(1);
    assertThat(busCounters.drops(DropReason.UNKNOWN_KIND)).isEqualTo(1);
  }

  /// A bus with two ways to the same edges brings everything twice.
  @Test
  void whatTheBusBringsTwiceIsHeardOnce() {
    var ear = new Ear();
    path.subscribe(new Subscriber(9, ear));
    for (int sequence : new int[] {-1, -1, 0, 2, 1, 0, 2, 1, 500, 500, 3, 3}) {
      path.forwardFromBus(frame(sequence).array(), 0);
    }
    assertThat(ear.bundles.stream().flatMap(List::stream).map(Frame::sequence))
        .containsExactly(-1, 0, 2, 1, 500, 3);
    assertThat(busCounters.drops(DropReason.DUPLICATE)).isEqualTo(6);
  }

  @Test
  void theOtherEdgesAreSentWhatWasSaidHereOnceARound() {
    var network = new LocalBus.Network();
    List<byte[]> received = new ArrayList<>();
    try (Bus here = network.connect();
        Bus there = network.connect()) {
      Subject demo = Subject.room(new RoomId("demo"));
      there.attach(demo, (channel, message) -> received.add(message));
      path.setBusFeed(new BusFeed(here.attach(demo, (channel, message) -> {}), busCounters));
      publisher(1).publish(frame(1), 0);
    }
    assertThat(received).hasSize(1);
    assertThat(busCounters.framesOut()).isEqualTo(1);
  }
}
