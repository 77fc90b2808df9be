package confab.participant;

import static confab.participant.EdgesInMemory.ZOE;
import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import confab.participant.Session.Ending;
import confab.protocol.ChatText;
import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Participant;
import confab.protocol.Request;
import confab.protocol.UserId;
import confab.rig.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One participant on one edge; [RoamingTest] has several.
class SessionTest {
  private static final SessionConfig CONFIG =
      new SessionConfig("http://localhost", "demo", "zoe", Transport.WEBSOCKET);

  private final Diary diary = new Diary();
  private final EdgesInMemory deployment = new EdgesInMemory("edge-1");
  private final EdgesInMemory.EdgeInMemory edge = deployment.edge("edge-1");

  private Session join() throws JoinException {
    return Session.join(CONFIG, diary, deployment);
  }

  private static Frame frame(int sequence) {
    return new Frame(false, 20, 9, sequence, 960 * sequence, new byte[] {1});
  }

  @Test
  void afterTheWelcomeItKnowsItselfAndTheRoundTrip() throws Exception {
    try (var zoe = join()) {
      assertThat(zoe.number()).isEqualTo(7);
      assertThat(zoe.you()).isEqualTo(ZOE);
      assertThat(zoe.edge()).isEqualTo("edge-1");
      assertThat(zoe.roster()).containsExactly(ZOE);
      assertThat(zoe.roundTrip()).isPositive();
      assertThat(diary.events).hasSize(1);
      assertThat(deployment.enters).containsExactly(new Request.Enter());
    }
  }

  private static Ending ending(CloseReason reason) {
    return new Ending(Optional.of(reason), reason.wireName());
  }

  /// The ticket by which it asked to enter lets nobody else in.
  @Test
  void whoIsLostBeforeTheWelcomeAsksTheApiAgain() throws Exception {
    edge.ends.add(new Ending(Optional.empty(), "cut"));
    edge.ends.add(ending(CloseReason.UNAUTHORIZED));
    try (var zoe = join()) {
      assertThat(zoe.number()).isEqualTo(7);
      assertThat(deployment.askers).containsExactly("", "", "");
      assertThat(deployment.enters)
          .containsExactly(new Request.Enter(), new Request.Enter("", 2), new Request.Enter("", 3));
    }
  }

  @Test
  void whoHasTooManySessionsIsToldSoAtOnce() {
    edge.ends.add(ending(CloseReason.TOO_MANY_SESSIONS));
    assertThatThrownBy(this::join)
        .isInstanceOfSatisfying(
            JoinException.class,
            e -> assertThat(e.error()).isEqualTo(JoinException.TOO_MANY_SESSIONS));
    assertThat(deployment.enters).hasSize(1);
  }

  @Test
  void whoIsInTheRoomSaysSoToTheApi() throws Exception {
    try (var zoe = join()) {
      edge.lastWire().cut();
      await().until(() -> zoe.stats().resumes() == 1);
      assertThat(deployment.askers).containsExactly("", "session");
    }
  }

  @Test
  void theNameOfTheRoomIsThatOfTheWelcomeOrALaterOne() throws Exception {
    try (var zoe = join()) {
      assertThat(zoe.roomName()).isEmpty();
      edge.lastWire().say(new Event.RoomChanged(new DisplayName("Standup")));
      assertThat(zoe.roomName()).hasValue(new DisplayName("Standup"));
      assertThat(diary.events).endsWith(new Event.RoomChanged(new DisplayName("Standup")));
    }
  }

  @Test
  void framesAreSentAndHeardOnceTheyAreWelcome() throws Exception {
    try (var zoe = join()) {
      edge.lastWire().receiver.onBundle(frame(1).toBundle());
      edge.lastWire().receiver.onBundle(frame(1).toBundle());
      edge.lastWire().receiver.onBundle(frame(2).toBundle());
      assertThat(diary.frames).extracting(Frame::sequence).containsExactly(1, 2);
      assertThat(zoe.stats().duplicates()).isEqualTo(1);

      assertThat(zoe.send(frame(3))).isTrue();
      assertThat(edge.lastWire().frames).extracting(Frame::sequence).containsExactly(3);
    }
  }

  @Test
  void whatIsHeardIsReportedOnceASecond() throws Exception {
    try (var zoe = join()) {
      var wire = edge.lastWire();
      for (int sequence : new int[] {1, 2, 5, 4, 6}) {
        wire.receiver.onBundle(frame(sequence).toBundle());
      }
      await().until(() -> !wire.requests.isEmpty());
      wire.receiver.onBundle(frame(9).toBundle());
      await().until(() -> wire.requests.size() == 2);

      assertThat(wire.requests)
          .containsExactly(new Request.ReceiverReport(5, 1), new Request.ReceiverReport(1, 2));
      assertThat(zoe.isOpen()).isTrue();
    }
  }

  @Test
  void whoSpeaksIsToldWhenItChanges() throws Exception {
    try (var zoe = join()) {
      edge.lastWire().say(new Event.Speakers(List.of(9, -8)));
      edge.lastWire().say(new Event.Speakers(List.of(9, -8)));
      edge.lastWire().say(new Event.Speakers(List.of()));

      assertThat(diary.speakers).containsExactly(List.of(9, -8), List.of());
      assertThat(zoe.roster()).containsExactly(ZOE);
    }
  }

  @Test
  void whatIsSaidAgainIsToldOnce() throws Exception {
    Participant adam = new Participant(8, new UserId("adam"), new DisplayName("Adam"), 0);
    Participant back = new Participant(9, new UserId("adam"), new DisplayName("Adam"), 0);
    var hello = new ChatText("hello");
    try (var zoe = join()) {
      var wire = edge.lastWire();
      wire.say(new Event.Joined(adam, false));
      wire.say(new Event.Said(8, hello, 5));
      wire.say(new Event.Said(8, hello, 5));
      wire.say(new Event.Said(7, hello, 5));
      wire.say(new Event.Said(8, hello, 6));
      // An older program gives its lines no id.
      wire.say(new Event.Said(8, hello, 0));
      wire.say(new Event.Said(8, hello, 0));
      // He was away for too long, is somebody new, and does not know what arrived.
      wire.say(new Event.Left(8, CloseReason.CONNECTION_LOST));
      wire.say(new Event.Joined(back, false));
      wire.say(new Event.Said(9, hello, 6));
      wire.say(new Event.Said(9, hello, 7));

      assertThat(diary.events)
          .filteredOn(Event.Said.class::isInstance)
          .containsExactly(
              new Event.Said(8, hello, 5),
              new Event.Said(7, hello, 5),
              new Event.Said(8, hello, 6),
              new Event.Said(8, hello, 0),
              new Event.Said(8, hello, 0),
              new Event.Said(9, hello, 7));
      assertThat(zoe.isOpen()).isTrue();
    }
  }

  @Test
  void aFrameThatTakesLongHoldsUpNoEvent() throws Exception {
    var inFrame = new CountDownLatch(1);
    var told = new CountDownLatch(1);
    var inTime = new CompletableFuture<Boolean>();
    var slow =
        new SessionListener() {
          @Override
          public void frame(Frame frame) {
            inFrame.countDown();
            try {
              inTime.complete(told.await(Patience.seconds(), TimeUnit.SECONDS));
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    try (var zoe = Session.join(CONFIG, slow, deployment)) {
      var wire = edge.lastWire();
      Thread.startVirtualThread(() -> wire.receiver.onBundle(frame(1).toBundle()));
      inFrame.await();
      wire.say(new Event.Joined(ZOE.withNumber(9), false));
      wire.say(new Event.Left(9, CloseReason.LEFT));
      told.countDown();

      assertThat(inTime.get()).isTrue();
      assertThat(zoe.roster()).containsExactly(ZOE);
    }
  }

  @Test
  void leavingIsNotReportedAsAnEnd() throws Exception {
    var zoe = join();
    zoe.close();
    zoe.close();

    assertThat(diary.endings).isEmpty();
    assertThat(zoe.ending().orElseThrow().reason()).contains(CloseReason.LEFT);
    assertThat(zoe.isOpen()).isFalse();
    assertThat(zoe.send(frame(1))).isFalse();
    assertThatThrownBy(() -> zoe.mute(true)).isInstanceOf(IOException.class);
    await().until(() -> edge.lastWire().closed.equals(Optional.of(CloseReason.LEFT)));
  }

  @ParameterizedTest
  @EnumSource(names = {"LEFT", "PROTOCOL_VIOLATION", "KICKED", "EXPIRED", "SUPERSEDED"})
  void afterTheseReasonsTheSessionIsOver(CloseReason reason) throws Exception {
    try (var zoe = join()) {
      edge.lastWire().end(reason);
      edge.lastWire().cut();
      await().until(() -> !zoe.isOpen());
      zoe.close();

      assertThat(diary.endings).hasSize(1);
      assertThat(diary.endings.getFirst().reason()).contains(reason);
      assertThat(diary.endings.getFirst().mayReconnect()).isFalse();
      assertThat(deployment.enters).hasSize(1);
    }
  }

  @Test
  void anEventThatIsNoneEndsTheSession() throws Exception {
    try (var zoe = join()) {
      edge.lastWire().receiver.onEvent(new byte[] {(byte) 0xff, 0x01});

      assertThat(zoe.awaitEnding(Patience.LIMIT).orElseThrow().reason())
          .contains(CloseReason.PROTOCOL_VIOLATION);
      assertThat(diary.endings).hasSize(1);
      await()
          .until(() -> edge.lastWire().closed.equals(Optional.of(CloseReason.PROTOCOL_VIOLATION)));
    }
  }

  @Test
  void anEdgeThatEndsInsteadOfWelcomingIsNotJoined() {
    for (int tries = 0; tries < 3; tries++) {
      edge.ends.add(ending(CloseReason.SHUTDOWN));
    }
    assertThatThrownBy(this::join)
        .isInstanceOf(JoinException.class)
        .hasMessage("no welcome from the edge (shutdown)");
    assertThat(diary.endings).isEmpty();
  }

  @Test
  void withoutPatienceItEndsWithItsConnection() throws Exception {
    var config = CONFIG.withPatience(Duration.ZERO);
    try (var zoe = Session.join(config, diary, deployment)) {
      edge.lastWire().end(CloseReason.SHUTDOWN);

      Ending ending = zoe.awaitEnding(Patience.LIMIT).orElseThrow();
      assertThat(ending.reason()).contains(CloseReason.SHUTDOWN);
      assertThat(ending.mayReconnect()).isTrue();
      assertThat(diary.endings).containsExactly(ending);
    }
  }

  @Test
  void aConnectionThatWasLostMayBeMadeAgain() {
    assertThat(new Ending(Optional.empty(), "").mayReconnect()).isTrue();
    assertThat(new Ending(Optional.of(CloseReason.CONNECTION_LOST), "").mayReconnect()).isTrue();
  }
}
