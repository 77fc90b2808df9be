package confab.websocket;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Participant;
import confab.protocol.Request;
import confab.room.RoomLimits;
import confab.room.Transport;
import confab.websocket.TestParticipant.Closed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What participants of one room notice of each other.
class WebSocketRoomTest {
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(RoomLimits.defaults());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void welcomeShowsTheWholeRoomAndTheOthersLearnOfTheNewcomer() {
    var alice = TestParticipant.join(server, "demo", "alice");
    var bob = TestParticipant.joinAs(server, "room=demo&user=bob&name=B%C3%B6b%20%3Cb%3E");

    assertThat(bob.welcome().participants())
        .extracting(Participant::number)
        .containsExactly(alice.number(), bob.number());
    assertThat(bob.welcome().edge()).isEqualTo("test");
    assertThat(bob.welcome().you().name().value()).isEqualTo("Böb <b>");
    assertThat(alice.event(Event.Joined.class).participant()).isEqualTo(bob.welcome().you());
    assertThat(server.rooms.connectionCount(Transport.WEBSOCKET)).isEqualTo(2);
  }

  @Test
  void framesReachTheOthersWithTheStampOfTheSession() {
    var alice = TestParticipant.join(server, "demo", "alice");
    var bob = TestParticipant.join(server, "demo", "bob");
    var carol = TestParticipant.join(server, "other", "carol");

    for (int i = 0; i < 20; i++) {
      alice.speak(i);
    }

    await().until(() -> bob.frames.size() == 20);
    assertThat(bob.frames).extracting(Frame::participant).containsOnly(alice.number());
    assertThat(bob.frames).extracting(Frame::sequence).isSorted().doesNotHaveDuplicates();
    assertThat(alice.frames).isEmpty();
    assertThat(carol.frames).isEmpty();
    assertThat(server.rooms.counters(Transport.WEBSOCKET).framesIn()).isEqualTo(20);
    assertThat(server.rooms.counters(Transport.WEBSOCKET).framesOut()).isEqualTo(20);
  }

  @Test
  void noFrameOfTheMutedPassesAndNoneReachesTheDeafened() {
    var alice = TestParticipant.join(server, "demo", "alice");
    var bob = TestParticipant.join(server, "demo", "bob");
    var carol = TestParticipant.join(server, "demo", "carol");
    alice.send(new Request.SetMuted(true));
    bob.event(Event.Updated.class, updated -> updated.participant().muted());
    carol.send(new Request.SetDeafened(true));
    bob.event(Event.Updated.class, updated -> updated.participant().deafened());

    alice.speak(1);
    alice.send(new Request.SetMuted(false));
    bob.event(Event.Updated.class, u -> u.participant().equals(alice.welcome().you()));
    alice.speak(2);

    await().until(() -> !bob.frames.isEmpty());
    assertThat(bob.frames).extracting(Frame::sequence).containsExactly(2);
    // Both frames were forwarded before this answer, had they been for carol.
    carol.send(new Request.Ping(1));
    carol.event(Event.Pong.class);
    assertThat(carol.frames).isEmpty();
  }

  @Test
  void requestsAreAnswered() {
    var alice = TestParticipant.join(server, "demo", "alice");
    var bob = TestParticipant.join(server, "demo", "bob");

    alice.send(new Request.Ping(0x1234_5678_9abcL));
    assertThat(alice.event(Event.Pong.class).time()).isEqualTo(0x1234_5678_9abcL);
    alice.send(new Request.Rename("  Alice Liddell "));
    var renamed = bob.event(Event.Updated.class).participant();
    assertThat(renamed.name().value()).isEqualTo("Alice Liddell");
    alice.send(new Request.WhoAmI());
    assertThat(alice.event(Event.You.class).participant()).isEqualTo(renamed);
    alice.send(new Request.Rename("\u0007"));
    assertThat(alice.event(Event.Refused.class).error()).isEqualTo("bad_name");
  }

  @Test
  void leavingByRequestClosesWithLeft() {
    var alice = TestParticipant.join(server, "demo", "alice");
    var bob = TestParticipant.join(server, "demo", "bob");

    alice.send(new Request.Leave());

    assertThat(alice.closed()).isEqualTo(new Closed(4000, "left"));
    assertThat(bob.event(Event.Left.class))
        .isEqualTo(new Event.Left(alice.number(), CloseReason.LEFT));
  }

  @Test
  void theReasonOfAPeersCloseCodeReachesTheRoomAndComesBack() {
    var alice = TestParticipant.join(server, "demo", "alice");
    var bob = TestParticipant.join(server, "demo", "bob");

    alice.leave(4001);

    assertThat(alice.closed()).isEqualTo(new Closed(4001, "protocol_violation"));
    assertThat(bob.event(Event.Left.class).reason()).isEqualTo(CloseReason.PROTOCOL_VIOLATION);
  }

  /// Nobody is told that somebody was removed who was not.
  @Test
  void whoClosesWithWhatOnlyAnEdgeMaySayIsAway() {
    var watcher = TestParticipant.join(server, "demo", "watcher");
    var alice = TestParticipant.join(server, "demo", "alice");

    alice.leave(4000 + CloseReason.KICKED.code());

    watcher.event(Event.Updated.class, updated -> updated.participant().away());
    assertThat(watcher.events).noneMatch(Event.Left.class::isInstance);
  }

  @Test
  void whoGoesWithoutAWordIsAway() {
    var watcher = TestParticipant.join(server, "demo", "watcher");
    var alice = TestParticipant.join(server, "demo", "alice");
    var bob = TestParticipant.join(server, "demo", "bob");

    alice.leave(1001);
    bob.vanish();

    for (TestParticipant each : java.util.List.of(alice, bob)) {
      watcher.event(
          Event.Updated.class,
          updated ->
              updated.participant().away() && updated.participant().number() == each.number());
    }
    await().until(() -> server.rooms.connectionCount(Transport.WEBSOCKET) == 1);
  }

  @Test
  void thoseWhoAreThereLearnThatTheEdgeEnds() {
    var alice = TestParticipant.join(server, "demo", "alice");

    server.close();

    assertThat(alice.closed()).isEqualTo(new Closed(4005, "shutdown"));
  }
}
