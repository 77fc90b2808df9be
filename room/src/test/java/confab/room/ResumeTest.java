package confab.room;

import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Participant;
import confab.protocol.Request;
import confab.protocol.RoomId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Coming back, to the same edge or another.
class ResumeTest {
  private final SimulatedEdges edges = new SimulatedEdges(3);
  private final Rooms north = edges.edge(0);
  private final Rooms south = edges.edge(1);
  private final Rooms west = edges.edge(2);
  private final Guest witness = edges.join(west, "witness");
  private final Guest alice = edges.join(north, "alice");

  @AfterEach
  void close() {
    edges.close();
  }

  /// Lets time pass in which those whose connections stand are heard.
  private void pass(Duration time, Guest... present) {
    for (Duration gone = Duration.ZERO;
        gone.compareTo(time) < 0;
        gone = gone.plus(Duration.ofSeconds(1))) {
      witness.request(new Request.Ping(1));
      for (Guest each : present) {
        each.request(new Request.Ping(1));
      }
      edges.pass(Duration.ofSeconds(1));
    }
  }

  @Test
  void whoComesBackToTheSameEdgeIsTheSame() {
    alice.request(new Request.Rename("Alice A."));
    alice.request(new Request.SetMuted(true));
    alice.drop();
    pass(Duration.ofSeconds(18));
    Guest again = alice.resume(north, 2);
    edges.pass(Duration.ofMillis(100));

    assertThat(again.welcome().resumed()).isTrue();
    Participant you = again.welcome().you();
    assertThat(you.number()).isEqualTo(alice.number());
    assertThat(you.name().value()).isEqualTo("Alice A.");
    assertThat(you.muted()).isTrue();
    assertThat(witness.link().eventsOf(Event.Left.class)).isEmpty();
    assertThat(witness.link().eventsOf(Event.Joined.class)).hasSize(1);
    again.speak(1);
    assertThat(witness.link().frames).isEmpty();
    assertThat(north.resumptions(Resumption.RESUMED)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-60, 60})
  void edgesWhoseClocksDifferByAMinuteKnowWhoComesBack(int ahead) {
    Rooms wrong = edges.start(() -> edges.clock.instant().plusSeconds(ahead));
    pass(Duration.ofSeconds(1), alice);
    alice.drop();
    pass(Duration.ofSeconds(15));
    Guest there = alice.resume(wrong, 2);
    edges.exchange();
    assertThat(there.welcome().resumed()).isTrue();
    there.drop();
    pass(Duration.ofSeconds(15));
    assertThat(there.resume(north, 3).welcome().resumed()).isTrue();
  }

  @Test
  void whoComesBackToAnotherEdgeIsTheSameAndTheOldConnectionIsFencedAtOnce() {
    pass(Duration.ofSeconds(1), alice);
    alice.request(new Request.SetMuted(true));
    edges.exchange();
    Guest again = alice.resume(south, 2);
    edges.exchange();

    assertThat(again.welcome().resumed()).isTrue();
    assertThat(again.participant()).isEqualTo(alice.participant());
    assertThat(again.participant().muted()).isTrue();
    assertThat(alice.link().closed).isEqualTo(CloseReason.SUPERSEDED);
    edges.pass(Duration.ofSeconds(1));
    assertThat(witness.link().eventsOf(Event.Left.class)).isEmpty();
    assertThat(witness.link().eventsOf(Event.Joined.class)).hasSize(1);
    assertThat(north.presenceStats().superseded()).isEqualTo(1);
    again.request(new Request.SetMuted(false));
    again.speak(1);
    edges.network.deliver();
    assertThat(witness.link().frames)
        .extracting(Frame::participant)
        .containsExactly(alice.number());
  }

  @Test
  void whoLostTheConnectionIsAwayAndGoneAfterTwentySeconds() {
    alice.drop();
    edges.pass(Duration.ofMillis(100));
    assertThat(witness.link().eventsOf(Event.Updated.class).getLast().participant())
        .isEqualTo(alice.participant())
        .extracting(Participant::away)
        .isEqualTo(true);
    pass(Duration.ofSeconds(19));
    assertThat(witness.link().eventsOf(Event.Left.class)).isEmpty();
    pass(Duration.ofSeconds(2));
    assertThat(witness.link().events)
        .contains(new Event.Left(alice.number(), CloseReason.CONNECTION_LOST));
  }

  @Test
  void whoClosedTheTabIsGoneAfterThreeSecondsAndWhoReloadedItIsTheSame() {
    Participant before = alice.participant();
    alice.unload();
    pass(Duration.ofSeconds(2));
    assertThat(witness.link().eventsOf(Event.Left.class)).isEmpty();
    Guest again = alice.resume(north, 2);
    pass(Duration.ofSeconds(4), again);
    assertThat(again.participant()).isEqualTo(before);
    assertThat(witness.link().eventsOf(Event.Left.class)).isEmpty();

    again.unload();
    pass(Duration.ofSeconds(4));
    assertThat(witness.link().events)
        .contains(new Event.Left(alice.number(), CloseReason.UNLOADED));
    // On a slow machine a page takes longer.
    Guest late = again.resume(north, 3);
    assertThat(late.welcome().resumed()).isTrue();
    assertThat(late.participant()).isEqualTo(before);
  }

  @Test
  void whoSurvivesTheEdgeIsTheSameElsewhere() {
    alice.request(new Request.SetDeafened(true));
    alice.request(new Request.Ping(1));
    edges.pass(Duration.ofMillis(100));
    edges.kill(0);
    edges.pass(Duration.ofSeconds(1));
    Guest again = alice.resume(south, 2);
    pass(Duration.ofSeconds(6), again);

    assertThat(again.participant()).isEqualTo(alice.participant());
    assertThat(again.participant().deafened()).isTrue();
    assertThat(witness.link().eventsOf(Event.Left.class)).isEmpty();
    assertThat(witness.link().eventsOf(Event.Joined.class)).hasSize(1);
    assertThat(west.participants(new RoomId("demo"))).hasValue(2);
  }

  @Test
  void aTokenIsRenewedByPongs() {
    String first = alice.token();
    pass(Duration.ofSeconds(6), alice);
    assertThat(alice.token()).isNotEqualTo(first);
    pass(Duration.ofSeconds(60), alice);
    assertThat(alice.resume(south, 2).welcome().resumed()).isTrue();
  }

  @Test
  void leavingIsForGoodEvenWhenTheOldEdgeHearsOfItLate() {
    edges.line(0).group = 1;
    Guest again = alice.resume(south, 2);
    pass(Duration.ofSeconds(1), again, alice);
    again.request(new Request.Leave());
    pass(Duration.ofSeconds(1), alice);
    edges.line(0).group = 0;
    pass(Duration.ofSeconds(5), alice);

    assertThat(alice.link().closed).isEqualTo(CloseReason.SUPERSEDED);
    assertThat(west.participants(new RoomId("demo"))).hasValue(1);
  }

  @Test
  void theTokenOfASessionThatEndedForGoodDiesWithIt() {
    pass(Duration.ofSeconds(1), alice);
    String token = alice.token();
    alice.request(new Request.Leave());
    pass(Duration.ofSeconds(1));
    for (Rooms rooms : new Rooms[] {north, west}) {
      Guest late = Guest.connect(rooms, "demo", "alice").enter(new Request.Enter(token, 7));
      assertThat(late.welcome().resumed()).isFalse();
      assertThat(late.number()).isNotEqualTo(alice.number());
    }
  }

  /// What is under way on the former connection still arrives.
  @Test
  void whoChangesItsTransportOnOneEdgeIsHeardOverBoth() {
    Guest again = alice.resume(north, 2);
    edges.exchange();
    alice.speak(5);
    again.speak(6);
    edges.pass(Duration.ofMillis(20));
    assertThat(witness.link().frames).extracting(Frame::sequence).containsExactly(5, 6);
    assertThat(alice.link().closed).isNull();
    pass(Duration.ofSeconds(3), again);
    assertThat(alice.link().closed).isEqualTo(CloseReason.SUPERSEDED);
    assertThat(again.link().closed).isNull();
  }

  // --- tokens that are not honoured ---

  private void assertIsSomebodyElse(Guest guest, Rooms rooms, Resumption why) {
    assertThat(guest.welcome().resumed()).isFalse();
    assertThat(guest.number()).isNotEqualTo(alice.number());
    assertThat(alice.link().closed).isNull();
    assertThat(rooms.resumptions(why)).isEqualTo(1);
    assertThat(rooms.resumptions(Resumption.RESUMED)).isZero();
  }

  @Test
  void aForgedTokenIsIgnored() {
    String token = alice.token();
    String forged = (token.startsWith("A") ? "B" : "A") + token.substring(1);
    Guest eve = Guest.connect(south, "demo", "alice").enter(new Request.Enter(forged, 2));
    assertIsSomebodyElse(eve, south, Resumption.FORGED);
  }

  @Test
  void anExpiredTokenIsIgnored() {
    pass(Duration.ofSeconds(1), alice);
    String old = alice.token();
    pass(Duration.ofSeconds(100), alice);
    Guest late = Guest.connect(south, "demo", "alice").enter(new Request.Enter(old, 2));
    assertIsSomebodyElse(late, south, Resumption.EXPIRED);
  }

  @Test
  void aTokenOfAnotherUserOrRoomIsIgnored() {
    Guest eve = Guest.connect(south, "demo", "eve").enter(new Request.Enter(alice.token(), 2));
    assertIsSomebodyElse(eve, south, Resumption.FOREIGN);
    Guest elsewhere =
        Guest.connect(west, "other", "alice").enter(new Request.Enter(alice.token(), 2));
    assertIsSomebodyElse(elsewhere, west, Resumption.FOREIGN);
  }

  @Test
  void aReplayedTokenIsIgnoredWhereTheSessionIsKnown() {
    String first = alice.token();
    Guest second = alice.resume(north, 2);
    Guest third = second.resume(north, 3);
    Guest replayed = Guest.connect(north, "demo", "alice").enter(new Request.Enter(first, 3));
    assertThat(replayed.welcome().resumed()).isFalse();
    assertThat(third.link().closed).isNull();
    assertThat(north.resumptions(Resumption.STALE)).isEqualTo(1);
  }

  /// Whoever has the token could take the last number that there is, and nobody comes after it.
  @Test
  void aStolenTokenDoesNotLockItsOwnerOut() {
    String stolen = alice.token();
    Guest thief =
        Guest.connect(north, "demo", "alice").enter(new Request.Enter(stolen, Integer.MAX_VALUE));
    assertThat(thief.welcome().resumed()).isFalse();
    assertThat(alice.link().closed).isNull();
    assertThat(north.resumptions(Resumption.STALE)).isEqualTo(1);
    alice.drop();
    assertThat(alice.resume(north, 2).welcome().resumed()).isTrue();
  }

  @Test
  void aReplayedTokenIsFencedAsSoonAsTheOthersAreHeard() {
    String first = alice.token();
    Guest second = alice.resume(north, 2);
    Guest third = second.resume(north, 3);
    Guest replayed = Guest.connect(south, "demo", "alice").enter(new Request.Enter(first, 2));
    edges.pass(Duration.ofMillis(100));
    assertThat(replayed.link().closed).isEqualTo(CloseReason.SUPERSEDED);
    assertThat(third.link().closed).isNull();
  }

  // --- drain ---

  @Test
  void aDrainedEdgeAsksToMoveAndCarriesMediaUntilTheOldConnectionIsClosed() throws Exception {
    Guest stayer = edges.join(south, "stayer");
    north.drain(Duration.ofMillis(1));
    assertThat(alice.link().events).endsWith(new Event.Move());
    assertThat(north.preview(request())).isInstanceOf(Admission.Refused.class);

    Guest moved = alice.resume(south, 2);
    edges.exchange();
    assertThat(alice.link().closed).isNull();
    alice.speak(5);
    moved.speak(5);
    moved.speak(6);
    stayer.speak(9);
    edges.pass(Duration.ofMillis(20));

    assertThat(witness.link().frames)
        .filteredOn(frame -> frame.participant() == alice.number())
        .extracting(Frame::sequence)
        .as("once each, over whichever edge")
        .containsExactly(5, 6);
    for (Guest each : List.of(alice, moved)) {
      assertThat(each.link().frames).extracting(Frame::sequence).contains(9);
    }
    alice.request(new Request.SetMuted(true));
    assertThat(moved.participant().muted()).isFalse();
    pass(Duration.ofSeconds(3), moved, stayer);
    assertThat(alice.link().closed).isEqualTo(CloseReason.SUPERSEDED);
    assertThat(north.connectionCount()).isZero();
    assertThat(witness.link().eventsOf(Event.Left.class)).isEmpty();
  }

  private static JoinRequest request() throws Exception {
    var address = java.net.InetAddress.getLoopbackAddress();
    return JoinRequest.of("room=demo&user=late", address, "localhost", null);
  }
}
