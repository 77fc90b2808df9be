package confab.room;

import static org.assertj.core.api.Assertions.assertThat;

import confab.bus.Bus;
import confab.bus.Subject;
import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.EdgeRun;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Member;
import confab.protocol.Participant;
import confab.protocol.Request;
import confab.protocol.RoomId;
import confab.protocol.RoomState;
import confab.protocol.SessionId;
import confab.protocol.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who is in a room that spans edges, and what becomes of it when edges and lines break.
class PresenceTest {
  private static final Subject DEMO = Subject.room(new RoomId("demo"));

  private final SimulatedEdges edges = new SimulatedEdges(2);
  private static final EdgeRun ANOTHER = new EdgeRun(7);

  private final Rooms north = edges.edge(0);
  private final Rooms south = edges.edge(1);

  @AfterEach
  void close() {
    edges.close();
  }

  @Test
  void aNewcomerSeesWhoIsElsewhereAndIsSeenThere() {
    Guest alice = edges.join(north, "alice");
    edges.pass(Duration.ofSeconds(3));
    Guest bob = edges.join(south, "bob");

    assertThat(bob.link().eventsOf(Event.Joined.class))
        .containsExactly(new Event.Joined(alice.participant(), true));
    assertThat(alice.link().eventsOf(Event.Joined.class))
        .extracting(Event.Joined::participant)
        .containsExactly(bob.participant());
    assertThat(south.participants(new RoomId("demo"))).hasValue(2);
    Guest carol = edges.join(south, "carol");
    assertThat(carol.welcome().participants()).hasSize(3);
  }

  @Test
  void changesAndDeparturesAreSeenElsewhereWithTheirReason() {
    Guest alice = edges.join(north, "alice");
    Guest bob = edges.join(south, "bob");

    bob.request(new Request.Rename("Robert"));
    edges.pass(Duration.ofMillis(100));
    bob.connection().close(CloseReason.PROTOCOL_VIOLATION);
    edges.pass(Duration.ofMillis(100));

    assertThat(alice.link().eventsOf(Event.Updated.class))
        .extracting(updated -> updated.participant().name().value())
        .containsExactly("Robert");
    assertThat(alice.link().events)
        .endsWith(new Event.Left(bob.number(), CloseReason.PROTOCOL_VIOLATION));
  }

  @Test
  void framesCrossTheBusOnlyWhileAnotherEdgeHasTheRoom() {
    Guest alice = edges.join(north, "alice");
    edges.pass(Duration.ofSeconds(2));
    alice.speak(1);
    assertThat(north.busCounters().framesOut()).isZero();

    Guest bob = edges.join(south, "bob");
    edges.pass(Duration.ofSeconds(2));
    alice.speak(2);
    edges.network.deliver();
    bob.connection().close(CloseReason.LEFT);
    edges.pass(Duration.ofSeconds(2));
    alice.speak(3);

    assertThat(bob.link().frames).extracting(Frame::sequence).containsExactly(2);
    assertThat(bob.link().frames.getFirst().participant()).isEqualTo(alice.number());
    assertThat(north.busCounters().framesOut()).isEqualTo(1);
  }

  @Test
  void framesOfOneRoomShareMessagesWhenTheyComeTogether() {
    Guest alice = edges.join(north, "alice");
    Guest bob = edges.join(north, "bob");
    Guest carol = edges.join(south, "carol");
    edges.pass(Duration.ofMillis(100));

    for (int i = 0; i < 10; i++) {
      alice.speak(i);
      edges.clock.advance(Duration.ofMillis(1));
      bob.speak(i);
      edges.clock.advance(Duration.ofMillis(19));
      edges.network.deliver();
    }

    assertThat(carol.link().frames).hasSize(20);
    assertThat(south.counters(Transport.WEBTRANSPORT).framesOut()).isZero();
    // The first two come before it is known that both speak.
    assertThat(carol.link().bundles).isEqualTo(11);
  }

  @Test
  void aDeadEdgeTakesItsParticipantsWithItWithinFiveSeconds() {
    Guest alice = edges.join(north, "alice");
    Guest bob = edges.join(south, "bob");
    edges.pass(Duration.ofSeconds(1));

    edges.kill(1);
    edges.pass(Duration.ofSeconds(2));
    assertThat(north.participants(new RoomId("demo"))).hasValue(2);
    edges.pass(Duration.ofSeconds(3));

    assertThat(alice.link().events)
        .contains(new Event.Left(bob.number(), CloseReason.CONNECTION_LOST));
    assertThat(north.participants(new RoomId("demo"))).hasValue(1);
  }

  @Test
  void whoIsOutOfReachIsAwayUntilTheBusIsBack() {
    Guest alice = edges.join(north, "alice");
    Guest bob = edges.join(south, "bob");
    edges.line(0).setConnected(false);
    keepTalking(Duration.ofSeconds(30), alice, bob);

    assertThat(alice.link().eventsOf(Event.Reach.class)).containsExactly(new Event.Reach(false));
    assertThat(alice.link().eventsOf(Event.Updated.class).getLast().participant())
        .isEqualTo(bob.participant().withAway(true));
    assertThat(Guest.join(north, "demo", "carol").welcome().whole()).isFalse();

    edges.line(0).setConnected(true);
    keepTalking(Duration.ofSeconds(5), alice, bob);
    assertThat(alice.link().events).contains(new Event.Reach(true));
    assertThat(alice.link().eventsOf(Event.Updated.class).getLast().participant())
        .isEqualTo(bob.participant());
    assertThat(alice.link().eventsOf(Event.Left.class)).isEmpty();
    assertThat(north.participants(new RoomId("demo"))).hasValue(3);
    assertThat(south.participants(new RoomId("demo"))).hasValue(3);
  }

  @Test
  void anEdgeThatStoodStillBlamesNobody() {
    Guest alice = edges.join(north, "alice");
    Guest bob = edges.join(south, "bob");
    edges.clock.advance(Duration.ofSeconds(6));
    edges.exchange();
    north.sweep();
    assertThat(alice.link().eventsOf(Event.Left.class)).isEmpty();
    assertThat(bob.link().eventsOf(Event.Left.class)).isEmpty();
  }

  @Test
  void aRoomThatEverybodyLeftIsForgottenElsewhere() {
    Guest alice = edges.join(north, "alice");
    Guest bob = edges.join(south, "bob");
    bob.request(new Request.Leave());
    edges.pass(Duration.ofMillis(200));
    alice.request(new Request.Leave());
    edges.pass(Duration.ofMillis(200));
    Guest carol = edges.join(south, "carol");
    assertThat(carol.welcome().participants()).hasSize(1);
    assertThat(carol.link().eventsOf(Event.Joined.class)).isEmpty();
  }

  @Test
  void ofTwoSessionsWithOneNumberOneComesBackUnderAnother() {
    Guest alice = edges.join(north, "alice");
    long aboveAll = Long.MIN_VALUE;
    say(
        state(
            ANOTHER,
            1,
            new Member(
                new SessionId(aboveAll), 1, alice.participant().withName(name("Twin"), 0), 0)));

    assertThat(alice.link().closed).isEqualTo(CloseReason.INTERNAL_ERROR);
    assertThat(north.presenceStats().displaced()).isEqualTo(1);
    Guest again = alice.resume(north, 2);
    assertThat(again.number()).isNotEqualTo(alice.number());
    assertThat(again.welcome().participants()).hasSize(2);
  }

  @Test
  void whatCannotBeTrueIsIgnoredAndCounted() {
    Guest alice = edges.join(north, "alice");
    RoomState good = state(ANOTHER, 5, new Member(new SessionId(1), 1, person(11, "eve"), 0));
    say(good);
    int events = alice.link().events.size();

    say(SimulatedEdges.SEAL.put("demo", "nonsense".getBytes(StandardCharsets.UTF_8)));
    say(state(ANOTHER, 4, new Member(new SessionId(2), 1, person(12, "older"), 0)));
    say(
        state(
            ANOTHER,
            6,
            new Member(new SessionId(3), 1, person(13, "a"), 0),
            new Member(new SessionId(3), 1, person(14, "b"), 0)));
    say(state(edges.run(0), 99, new Member(new SessionId(4), 1, person(15, "twin"), 0)));

    assertThat(alice.link().events).hasSize(events);
    assertThat(north.presenceStats().statesRefused()).isEqualTo(4);
  }

  @Test
  void whoHasNotTheKeyTakesNobodyOutOfTheRoom() {
    Guest alice = edges.join(north, "alice");
    var session = new SessionId(Long.parseUnsignedLong(alice.welcome().session(), 16));
    Member later = new Member(session, 1_000, alice.participant(), 0);
    RoomState taken = state(ANOTHER, 1, later);
    say(taken.toBytes());
    say(taken.toBytes(SimulatedEdges.SEAL, new RoomId("other")));

    assertThat(alice.link().closed).isNull();
    assertThat(north.presenceStats().statesRefused()).isEqualTo(2);
    say(taken);
    assertThat(alice.link().closed).isEqualTo(CloseReason.SUPERSEDED);
  }

  /// Publishes on the room's presence as another edge would.
  private void say(RoomState state) {
    say(state.toBytes(SimulatedEdges.SEAL, new RoomId("demo")));
  }

  private void say(byte[] message) {
    try (Bus stranger = edges.network.connect()) {
      stranger.attach(DEMO, (channel, received) -> {}).publish(Bus.Channel.PRESENCE, message);
      edges.network.deliver();
    }
  }

  private static RoomState state(EdgeRun edge, long version, Member... members) {
    var listing = new RoomState.Listing(List.of(members), List.of(), Optional.empty());
    return new RoomState(edge, version, false, Optional.of(listing));
  }

  private static Participant person(int number, String user) {
    return new Participant(number, new UserId(user), name(user), 0);
  }

  private static DisplayName name(String name) {
    return new DisplayName(name);
  }

  private void keepTalking(Duration time, Guest... guests) {
    for (Duration gone = Duration.ZERO;
        gone.compareTo(time) < 0;
        gone = gone.plus(Duration.ofSeconds(1))) {
      for (Guest each : guests) {
        each.request(new Request.Ping(1));
      }
      edges.pass(Duration.ofSeconds(1));
    }
  }
}
