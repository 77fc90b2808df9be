package confab.room;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.bus.LocalBus;
import confab.frames.DropReason;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Request;
import confab.protocol.RoomId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoomsTest {
  private final TestClock now = new TestClock();
  private final Rooms rooms = rooms(LocalBus.alone());
  private final List<Rooms> opened = new ArrayList<>(List.of(rooms));

  private Rooms rooms(LocalBus bus) {
    return new Rooms(EdgeIdentity.named("edge"), bus, RoomLimits.defaults(), now, now);
  }

  private Guest join(String user) {
    return Guest.join(rooms, "demo", user);
  }

  @AfterEach
  void close() {
    opened.forEach(Rooms::close);
  }

  // --- who is there ---

  @Test
  void aNewcomerSeesEverybodyAndEverybodySeesTheNewcomer() {
    Guest alice = join("alice");
    Guest bob = join("bob");

    Event.Welcome welcome = (Event.Welcome) bob.link().events.getFirst();
    assertThat(welcome.room()).isEqualTo(new RoomId("demo"));
    assertThat(welcome.you().number()).isEqualTo(bob.number());
    assertThat(welcome.participants()).hasSize(2);
    assertThat(alice.link().eventsOf(Event.Joined.class))
        .containsExactly(new Event.Joined(bob.participant(), false));
    assertThat(bob.link().eventsOf(Event.Joined.class)).isEmpty();
  }

  @Test
  void theSamePersonMayJoinTwice() {
    Guest one = join("alice");
    Guest two = join("alice");
    assertThat(one.number()).isNotEqualTo(two.number()).isNotZero();
    assertThat(rooms.participants(new RoomId("demo"))).hasValue(2);
  }

  @Test
  void whoLeavesIsMissedWithTheReason() {
    Guest alice = join("alice");
    Guest bob = join("bob");

    bob.request(new Request.Leave());

    assertThat(bob.link().closed).isEqualTo(CloseReason.LEFT);
    assertThat(alice.link().events).endsWith(new Event.Left(bob.number(), CloseReason.LEFT));
    assertThat(rooms.participants(new RoomId("demo"))).hasValue(1);
  }

  @Test
  void onlyTheFirstCloseReasonCounts() {
    Guest alice = join("alice");
    Guest bob = join("bob");
    bob.connection().close(CloseReason.PROTOCOL_VIOLATION);
    bob.connection().close(CloseReason.LEFT);
    assertThat(bob.link().closed).isEqualTo(CloseReason.PROTOCOL_VIOLATION);
    assertThat(alice.link().eventsOf(Event.Left.class)).hasSize(1);
    assertThat(rooms.connectionCount(Transport.WEBTRANSPORT)).isEqualTo(1);
  }

  @Test
  void renameMuteAndDeafenAreSeenByEverybody() {
    Guest alice = join("alice");
    Guest bob = join("bob");

    bob.request(new Request.Rename("  Bob the 2nd "));
    bob.request(new Request.SetMuted(true));
    bob.request(new Request.SetDeafened(true));
    bob.request(new Request.SetMuted(true)); // changes nothing

    for (Guest each : List.of(alice, bob)) {
      List<Event.Updated> updates = each.link().eventsOf(Event.Updated.class);
      assertThat(updates).hasSize(3);
      var last = updates.getLast().participant();
      assertThat(last.name().value()).isEqualTo("Bob the 2nd");
      assertThat(last.muted()).isTrue();
      assertThat(last.deafened()).isTrue();
    }
  }

  @Test
  void aForbiddenNameIsRefusedAndChangesNothing() {
    Guest alice = join("alice");
    alice.request(new Request.Rename(""));
    alice.request(new Request.Rename("x".repeat(65)));
    alice.request(new Request.Rename("\u3164"));
    assertThat(alice.link().eventsOf(Event.Refused.class))
        .extracting(Event.Refused::error)
        .containsExactly("bad_name", "bad_name", "bad_name");
    assertThat(alice.participant().name().value()).isEqualTo("alice");
  }

  @Test
  void whoAmIAndPingAreAnswered() {
    Guest alice = join("alice");
    alice.request(new Request.WhoAmI());
    alice.request(new Request.Ping(4711));
    assertThat(alice.link().events)
        .endsWith(new Event.You(alice.participant(), ""), new Event.Pong(4711, ""));
  }

  // --- entering ---

  @Test
  void whoHasNotEnteredIsNotHeardAndHearsNothing() {
    Guest alice = join("alice");
    Guest waiting = Guest.connect(rooms, "demo", "waiting");

    waiting.speak(1);
    alice.speak(1);
    waiting.request(new Request.Ping(5));

    assertThat(alice.link().frames).isEmpty();
    assertThat(waiting.link().frames).isEmpty();
    assertThat(waiting.link().events).containsExactly(new Event.Pong(5, ""));
    assertThat(drops(DropReason.NOT_ENTERED)).isEqualTo(1);
    assertThat(rooms.participants(new RoomId("demo"))).hasValue(1);
  }

  @Test
  void whoAsksForThingsBeforeEnteringIsClosed() {
    Guest waiting = Guest.connect(rooms, "demo", "waiting");
    waiting.request(new Request.SetMuted(true));
    assertThat(waiting.link().closed).isEqualTo(CloseReason.PROTOCOL_VIOLATION);
  }

  @Test
  void nobodyEntersTwice() {
    Guest alice = join("alice");
    alice.request(new Request.Enter());
    assertThat(alice.link().closed).isEqualTo(CloseReason.PROTOCOL_VIOLATION);
  }

  @Test
  void whoDoesNotEnterIsClosed() {
    Guest waiting = Guest.connect(rooms, "demo", "waiting");
    now.advance(Duration.ofMillis(4900));
    rooms.sweep();
    assertThat(waiting.link().closed).isNull();
    now.advance(Duration.ofMillis(200));
    rooms.sweep();
    assertThat(waiting.link().closed).isEqualTo(CloseReason.PROTOCOL_VIOLATION);
    assertThat(rooms.connectionCount()).isZero();
  }

  // --- limits and upkeep ---

  @Test
  void requestsAboveTheLimitAreRefusedAndThoseWhoKeepOnAreClosed() {
    Guest alice = join("alice");
    Guest bob = join("bob");
    for (int i = 0; i < 50; i++) {
      alice.request(new Request.Ping(i));
    }
    assertThat(alice.link().eventsOf(Event.Pong.class)).hasSize(39);
    assertThat(alice.link().eventsOf(Event.Refused.class))
        .hasSize(11)
        .allSatisfy(refused -> assertThat(refused.error()).isEqualTo("rate_limited"))
        .allSatisfy(refused -> assertThat(refused.retryAfterMillis()).isBetween(1, 101));
    for (int i = 0; i < 200; i++) {
      alice.request(new Request.Ping(i));
    }
    assertThat(alice.link().closed).isEqualTo(CloseReason.RATE_LIMITED);
    assertThat(bob.link().closed).isNull();
  }

  @Test
  void aMalformedRequestClosesOnlyItsSession() {
    Guest alice = join("alice");
    Guest bob = join("bob");
    alice.connection().onControl(new byte[] {(byte) 0xff});
    assertThat(alice.link().closed).isEqualTo(CloseReason.PROTOCOL_VIOLATION);
    assertThat(bob.link().closed).isNull();
  }

  @Test
  void whoCannotTakeEventsIsClosedAsASlowConsumer() {
    Guest alice = join("alice");
    alice.link().full = true;
    Guest bob = join("bob");
    await().until(() -> alice.link().closed == CloseReason.SLOW_CONSUMER);
    assertThat(bob.link().closed).isNull();
    await().until(() -> !bob.link().eventsOf(Event.Updated.class).isEmpty());
  }

  @Test
  void whoFallsSilentIsClosed() {
    Guest alice = join("alice");
    Guest bob = join("bob");
    now.advance(Duration.ofSeconds(5));
    bob.request(new Request.Ping(1));
    now.advance(Duration.ofSeconds(4));
    rooms.sweep();
    assertThat(alice.link().closed).isEqualTo(CloseReason.IDLE_TIMEOUT);
    assertThat(bob.link().closed).isNull();
  }

  @Test
  void aRoomOutlivesItsLastParticipantForAWhile() {
    join("alice").connection().close(CloseReason.LEFT);
    rooms.beat();
    now.advance(Duration.ofMinutes(9));
    rooms.sweep();
    assertThat(rooms.participants(new RoomId("demo"))).hasValue(0);
    now.advance(Duration.ofMinutes(1));
    rooms.sweep();
    assertThat(rooms.participants(new RoomId("demo"))).isEmpty();
  }

  @Test
  void aRoomThatWasEmptyForLongIsEnteredAsBefore() {
    Guest alice = join("alice");
    alice.connection().close(CloseReason.LEFT);
    rooms.beat();
    now.advance(Duration.ofMinutes(5));
    rooms.sweep();
    assertThat(rooms.roomCount()).isOne();
    Guest bob = join("bob");
    Guest carol = join("carol");
    bob.speak(1);
    assertThat(carol.link().frames).hasSize(1);
    assertThat(rooms.roomCount()).isOne();
  }

  @Test
  void closingEndsEverySessionWithShutdown() {
    Guest alice = join("alice");
    rooms.close();
    assertThat(alice.link().closed).isEqualTo(CloseReason.SHUTDOWN);
  }

  @Test
  void whoWasAdmittedJustBeforeTheEndIsToldOfIt() {
    rooms.close();
    assertThat(join("late").link().closed).isEqualTo(CloseReason.SHUTDOWN);
  }

  @Test
  void whoHasLeftSpeaksNoMore() {
    Guest alice = join("alice");
    Guest bob = join("bob");
    alice.connection().close(CloseReason.LEFT);
    alice.speak(1);
    alice.request(new Request.Ping(1));
    assertThat(bob.link().frames).isEmpty();
    assertThat(alice.link().eventsOf(Event.Pong.class)).isEmpty();
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
                      Guest seat = join("user" + id);
                      seat.speak(i);
                      seat.connection().close(CloseReason.LEFT);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(rooms.participants(new RoomId("demo"))).hasValue(0);
    assertThat(rooms.connectionCount(Transport.WEBTRANSPORT)).isZero();
  }

  private long drops(DropReason reason) {
    return rooms.counters(Transport.WEBTRANSPORT).drops(reason);
  }
}
