package confab.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import confab.bus.LocalBus;
import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Request;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.room.Admission.Admitted;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoomsTest {
  private static final byte[] OPUS = {1, 2, 3};

  private final AtomicLong now = new AtomicLong();
  private final Rooms rooms = rooms(LocalBus.alone());
  private final List<Rooms> opened = new ArrayList<>(List.of(rooms));

  private Rooms rooms(LocalBus bus) {
    return new Rooms("edge", bus, RoomLimits.defaults(), now::get);
  }

  /// Somebody in a room, seen from both ends.
  private record Seat(Session session, RecordingConnection connection) {
    int number() {
      return session.participant().number();
    }

    void request(Request request) {
      session.onControl(request.toBytes());
    }

    void speak(int sequence) {
      session.onBundle(ByteBuffer.wrap(new Frame(false, 0, 77, sequence, 0, OPUS).toBundle()));
    }
  }

  private Seat join(String user) {
    return join(rooms, "demo", user);
  }

  private static Seat join(Rooms rooms, String room, String user) {
    var connection = new RecordingConnection();
    var admitted = new Admitted(new RoomId(room), new UserId(user), new DisplayName(user));
    return new Seat(rooms.join(admitted, connection), connection);
  }

  @AfterEach
  void close() {
    opened.forEach(Rooms::close);
  }

  // --- who is there ---

  @Test
  void aNewcomerSeesEverybodyAndEverybodySeesTheNewcomer() {
    Seat alice = join("alice");
    Seat bob = join("bob");

    Event.Welcome welcome = (Event.Welcome) bob.connection.events.getFirst();
    assertThat(welcome.room()).isEqualTo(new RoomId("demo"));
    assertThat(welcome.you().number()).isEqualTo(bob.number());
    assertThat(welcome.participants()).hasSize(2);
    assertThat(alice.connection.eventsOf(Event.Joined.class))
        .containsExactly(new Event.Joined(bob.session.participant()));
    assertThat(bob.connection.eventsOf(Event.Joined.class)).isEmpty();
  }

  @Test
  void theSamePersonMayJoinTwice() {
    Seat one = join("alice");
    Seat two = join("alice");
    assertThat(one.number()).isNotEqualTo(two.number()).isNotZero();
    assertThat(rooms.participants(new RoomId("demo"))).hasValue(2);
  }

  @Test
  void whoLeavesIsMissedWithTheReason() {
    Seat alice = join("alice");
    Seat bob = join("bob");

    bob.request(new Request.Leave());

    assertThat(bob.connection.closed).isEqualTo(CloseReason.LEFT);
    assertThat(alice.connection.events).endsWith(new Event.Left(bob.number(), CloseReason.LEFT));
    assertThat(rooms.participants(new RoomId("demo"))).hasValue(1);
  }

  @Test
  void onlyTheFirstCloseReasonCounts() {
    Seat alice = join("alice");
    Seat bob = join("bob");
    bob.session.close(CloseReason.SLOW_CONSUMER);
    bob.session.close(CloseReason.LEFT);
    assertThat(bob.connection.closed).isEqualTo(CloseReason.SLOW_CONSUMER);
    assertThat(alice.connection.eventsOf(Event.Left.class)).hasSize(1);
    assertThat(rooms.sessionCount(Transport.WEBTRANSPORT)).isEqualTo(1);
  }

  @Test
  void renameMuteAndDeafenAreSeenByEverybody() {
    Seat alice = join("alice");
    Seat bob = join("bob");

    bob.request(new Request.Rename("  Bob the 2nd "));
    bob.request(new Request.SetMuted(true));
    bob.request(new Request.SetDeafened(true));
    bob.request(new Request.SetMuted(true)); // changes nothing

    for (Seat each : List.of(alice, bob)) {
      List<Event.Updated> updates = each.connection.eventsOf(Event.Updated.class);
      assertThat(updates).hasSize(3);
      var last = updates.getLast().participant();
      assertThat(last.name().value()).isEqualTo("Bob the 2nd");
      assertThat(last.muted()).isTrue();
      assertThat(last.deafened()).isTrue();
    }
  }

  @Test
  void aForbiddenNameIsRefusedAndChangesNothing() {
    Seat alice = join("alice");
    alice.request(new Request.Rename(""));
    alice.request(new Request.Rename("x".repeat(65)));
    assertThat(alice.connection.eventsOf(Event.Refused.class))
        .extracting(Event.Refused::error)
        .containsExactly("bad_name", "bad_name");
    assertThat(alice.session.participant().name().value()).isEqualTo("alice");
  }

  @Test
  void whoAmIAndPingAreAnswered() {
    Seat alice = join("alice");
    alice.request(new Request.WhoAmI());
    alice.request(new Request.Ping(4711));
    assertThat(alice.connection.events)
        .endsWith(new Event.You(alice.session.participant()), new Event.Pong(4711));
  }

  // --- frames ---

  @Test
  void aFrameReachesEverybodyElseWithTheStampOfItsSession() {
    Seat alice = join("alice");
    Seat bob = join("bob");
    Seat carol = join("carol");

    alice.speak(5);

    for (Seat each : List.of(bob, carol)) {
      assertThat(each.connection.frames).hasSize(1);
      Frame frame = each.connection.frames.getFirst();
      assertThat(frame.participant()).isEqualTo(alice.number());
      assertThat(frame.sequence()).isEqualTo(5);
      assertThat(frame.payload()).isEqualTo(OPUS);
    }
    assertThat(alice.connection.frames).isEmpty();
  }

  @Test
  void roomsDoNotHearEachOther() {
    Seat alice = join("alice");
    Seat elsewhere = join(rooms, "other", "bob");
    alice.speak(1);
    assertThat(elsewhere.connection.frames).isEmpty();
  }

  @Test
  void theMutedAreNotHeardAndTheDeafenedHearNothing() {
    Seat alice = join("alice");
    Seat bob = join("bob");

    alice.request(new Request.SetMuted(true));
    alice.speak(1);
    alice.request(new Request.SetMuted(false));
    bob.request(new Request.SetDeafened(true));
    alice.speak(2);
    bob.request(new Request.SetDeafened(false));
    alice.speak(3);

    assertThat(bob.connection.frames).extracting(Frame::sequence).containsExactly(3);
    assertThat(drops(DropReason.MUTED)).isEqualTo(1);
  }

  @Test
  void nobodyHearsWhoHasLeft() {
    Seat alice = join("alice");
    Seat bob = join("bob");
    bob.session.close(CloseReason.LEFT);
    alice.speak(1);
    assertThat(bob.connection.frames).isEmpty();
  }

  @Test
  void theGoodFramesBeforeABadOneAreForwarded() {
    Seat alice = join("alice");
    Seat bob = join("bob");
    byte[] good = new Frame(false, 0, 0, 1, 0, OPUS).toBundle();
    byte[] bundle = java.util.Arrays.copyOf(good, good.length + 9);

    alice.session.onBundle(ByteBuffer.wrap(bundle));

    assertThat(bob.connection.frames).hasSize(1);
    assertThat(drops(DropReason.MALFORMED)).isEqualTo(1);
  }

  @Test
  void garbageIsDroppedAndCountedAndClosesNothing() {
    Seat alice = join("alice");
    Seat bob = join("bob");
    var random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      byte[] garbage = new byte[random.nextInt(1500)];
      random.nextBytes(garbage);
      alice.session.onBundle(ByteBuffer.wrap(garbage));
    }
    assertThat(drops(DropReason.OVERSIZED)).isPositive();
    assertThat(drops(DropReason.MALFORMED)).isPositive();
    assertThat(alice.connection.closed).isNull();
    assertThat(bob.connection.frames)
        .allSatisfy(frame -> assertThat(frame.participant()).isEqualTo(alice.number()));
  }

  @Test
  void aPublisherIsLimitedInFramesAndOthersAreNot() {
    Seat alice = join("alice");
    Seat bob = join("bob");
    for (int i = 0; i < 300; i++) {
      alice.speak(i);
    }
    bob.speak(1);
    assertThat(bob.connection.frames).hasSize(240);
    assertThat(drops(DropReason.RATE_LIMITED)).isEqualTo(60);
    assertThat(alice.connection.frames).hasSize(1);

    now.addAndGet(Duration.ofSeconds(1).toNanos());
    for (int i = 0; i < 300; i++) {
      alice.speak(i);
    }
    assertThat(bob.connection.frames).hasSize(240 + 120);
  }

  @Test
  void aPublisherIsLimitedInBytes() {
    Seat alice = join("alice");
    Seat bob = join("bob");
    byte[] large = new Frame(false, 0, 0, 1, 0, new byte[1184]).toBundle();
    for (int i = 0; i < 100; i++) {
      alice.session.onBundle(ByteBuffer.wrap(large));
    }
    assertThat(bob.connection.frames).hasSize(64_000 / 1200);
  }

  @Test
  void roomsOnTwoEdgesOfOneBusHearEachOther() {
    var network = new LocalBus.Network();
    Rooms north = rooms(network.connect());
    Rooms south = rooms(network.connect());
    opened.addAll(List.of(north, south));
    Seat alice = join(north, "demo", "alice");
    Seat bob = join(south, "demo", "bob");

    alice.speak(9);

    assertThat(bob.connection.frames).extracting(Frame::sequence).containsExactly(9);
    assertThat(bob.connection.frames.getFirst().participant()).isEqualTo(alice.number());
    bob.session.close(CloseReason.LEFT);
    alice.speak(10);
    assertThat(south.busCounters().framesIn()).isEqualTo(1);
  }

  // --- limits and upkeep ---

  @Test
  void requestsAboveTheLimitAreRefusedAndThoseWhoKeepOnAreClosed() {
    Seat alice = join("alice");
    Seat bob = join("bob");
    for (int i = 0; i < 50; i++) {
      alice.request(new Request.Ping(i));
    }
    assertThat(alice.connection.eventsOf(Event.Pong.class)).hasSize(40);
    assertThat(alice.connection.eventsOf(Event.Refused.class))
        .hasSize(10)
        .allSatisfy(refused -> assertThat(refused.error()).isEqualTo("rate_limited"))
        .allSatisfy(refused -> assertThat(refused.retryAfterMillis()).isBetween(1, 101));
    for (int i = 0; i < 200; i++) {
      alice.request(new Request.Ping(i));
    }
    assertThat(alice.connection.closed).isEqualTo(CloseReason.RATE_LIMITED);
    assertThat(bob.connection.closed).isNull();
  }

  @Test
  void aMalformedRequestClosesOnlyItsSession() {
    Seat alice = join("alice");
    Seat bob = join("bob");
    alice.session.onControl(new byte[] {(byte) 0xff});
    assertThat(alice.connection.closed).isEqualTo(CloseReason.PROTOCOL_VIOLATION);
    assertThat(bob.connection.closed).isNull();
  }

  @Test
  void whoCannotTakeEventsIsClosedAsASlowConsumer() {
    Seat alice = join("alice");
    alice.connection.full = true;
    Seat bob = join("bob");
    await().until(() -> alice.connection.closed == CloseReason.SLOW_CONSUMER);
    assertThat(bob.connection.closed).isNull();
    await().until(() -> !bob.connection.eventsOf(Event.Left.class).isEmpty());
  }

  @Test
  void whoFallsSilentIsClosed() {
    Seat alice = join("alice");
    Seat bob = join("bob");
    now.addAndGet(Duration.ofSeconds(5).toNanos());
    bob.request(new Request.Ping(1));
    now.addAndGet(Duration.ofSeconds(4).toNanos());
    rooms.sweep();
    assertThat(alice.connection.closed).isEqualTo(CloseReason.IDLE_TIMEOUT);
    assertThat(bob.connection.closed).isNull();
  }

  @Test
  void aRoomOutlivesItsLastParticipantForAWhile() {
    join("alice").session.close(CloseReason.LEFT);
    now.addAndGet(Duration.ofMinutes(9).toNanos());
    rooms.sweep();
    assertThat(rooms.participants(new RoomId("demo"))).hasValue(0);
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    rooms.sweep();
    assertThat(rooms.participants(new RoomId("demo"))).isEmpty();
  }

  @Test
  void closingEndsEverySessionWithShutdown() {
    Seat alice = join("alice");
    rooms.close();
    assertThat(alice.connection.closed).isEqualTo(CloseReason.SHUTDOWN);
  }

  @Test
  void whoWasAdmittedJustBeforeTheEndIsToldOfIt() {
    rooms.close();
    assertThat(join("late").connection.closed).isEqualTo(CloseReason.SHUTDOWN);
  }

  @Test
  void whoHasLeftSpeaksNoMore() {
    Seat alice = join("alice");
    Seat bob = join("bob");
    alice.session.close(CloseReason.LEFT);
    alice.speak(1);
    alice.request(new Request.Ping(1));
    assertThat(bob.connection.frames).isEmpty();
    assertThat(alice.connection.eventsOf(Event.Pong.class)).isEmpty();
  }

  @Test
  void membershipStaysConsistentWhileManyComeAndGo() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int id = t;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; i < 50; i++) {
                      Seat seat = join("user" + id);
                      seat.speak(i);
                      seat.session.close(CloseReason.LEFT);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(rooms.participants(new RoomId("demo"))).hasValue(0);
    assertThat(rooms.sessionCount(Transport.WEBTRANSPORT)).isZero();
  }

  private long drops(DropReason reason) {
    return rooms.counters(Transport.WEBTRANSPORT).drops(reason);
  }
}
