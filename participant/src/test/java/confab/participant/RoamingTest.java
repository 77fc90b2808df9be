package confab.participant;

import static confab.participant.EdgesInMemory.ZOE;
import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import confab.participant.Diary.Change;
import confab.participant.EdgesInMemory.EdgeInMemory;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// A participant goes from edge to edge.
class RoamingTest {
  private static final SessionConfig CONFIG =
      new SessionConfig("http://localhost", "demo", "zoe", Transport.WEBSOCKET);
  private static final Participant ADAM =
      new Participant(8, new UserId("adam"), new DisplayName("Adam"), 0);
  private static final Participant EVE =
      new Participant(9, new UserId("eve"), new DisplayName("Eve"), 0);

  private final Diary diary = new Diary();
  private final EdgesInMemory deployment = new EdgesInMemory("edge-1", "edge-2");
  private final EdgeInMemory first = deployment.edge("edge-1");
  private final EdgeInMemory second = deployment.edge("edge-2");

  private Session join() throws JoinException {
    return Session.join(CONFIG, diary, deployment);
  }

  private static Frame frame(int sequence) {
    return new Frame(false, 20, 8, sequence, 960 * sequence, new byte[] {1});
  }

  private void awaitChanges(int count) {
    // The overlap of a move is short.
    await().pollInterval(Duration.ofMillis(5)).until(() -> diary.changes.size() == count);
  }

  @Test
  void aLostConnectionIsFollowedByAnotherAsTheSameParticipant() throws Exception {
    deployment.others.add(ADAM);
    try (var zoe = join()) {
      first.lastWire().cut();
      awaitChanges(1);

      assertThat(diary.changes).containsExactly(new Change("edge-2", true));
      assertThat(zoe.edge()).isEqualTo("edge-2");
      assertThat(zoe.number()).isEqualTo(ZOE.number());
      assertThat(zoe.stats()).isEqualTo(new Session.Stats(1, 0, 0, 0));
      assertThat(deployment.enters)
          .containsExactly(new Request.Enter(), new Request.Enter("token-1", 2));
      assertThat(diary.events).hasSize(1);
      assertThat(diary.endings).isEmpty();
      assertThat(diary.notices)
          .containsExactly(
              "edge-1 is lost (connection lost), trying edge-2",
              "moved to edge-2 (same participant)");
    }
  }

  @Test
  void theTokenThatCountsIsTheLatest() throws Exception {
    try (var zoe = join()) {
      first.lastWire().say(new Event.Pong(System.nanoTime(), "fresh"));
      first.lastWire().say(new Event.Pong(System.nanoTime(), ""));
      first.lastWire().cut();
      awaitChanges(1);

      assertThat(deployment.enters.getLast()).isEqualTo(new Request.Enter("fresh", 2));
      assertThat(zoe.isOpen()).isTrue();
    }
  }

  @Test
  void aTokenThatIsShownWhenTheConnectionBreaksIsShownOverTheNextOne() throws Exception {
    var tokens = new AtomicReference<>("one");
    try (var _ = Session.join(CONFIG.withTokens(tokens::get), diary, deployment)) {
      first.lastWire().say(new Event.GrantEnds(30_000));
      await().until(() -> diary.notices.contains("what the token grants ends in 30 s"));
      tokens.set("two");
      await().until(() -> first.lastWire().requests.contains(new Request.Renew("two")));
      first.lastWire().cut();
      awaitChanges(1);
      await().until(() -> second.lastWire().requests.contains(new Request.Renew("two")));

      second.lastWire().say(new Event.Refused("unauthorized", "no", 0));
      tokens.set("three");
      await().until(() -> second.lastWire().requests.contains(new Request.Renew("three")));
    }
  }

  @Test
  void whatHappenedMeanwhileIsToldAsEvents() throws Exception {
    deployment.others.addAll(List.of(ADAM, EVE));
    Participant karl = new Participant(10, new UserId("karl"), new DisplayName("Karl"), 0);
    try (var zoe = join()) {
      deployment.others.clear();
      deployment.others.addAll(List.of(EVE.withMuted(true), karl));
      first.lastWire().cut();
      awaitChanges(1);

      assertThat(diary.events.subList(1, diary.events.size()))
          .containsExactlyInAnyOrder(
              new Event.Updated(ADAM.withAway(true)),
              new Event.Updated(EVE.withMuted(true)),
              new Event.Joined(karl, true));
      await().until(() -> zoe.roster().size() == 3);
      assertThat(diary.events).last().isEqualTo(new Event.Left(ADAM.number(), CloseReason.LEFT));
      assertThat(zoe.roster()).containsExactlyInAnyOrder(ZOE, EVE.withMuted(true), karl);
    }
  }

  @Test
  void anEdgeMayHearOfTheOthersAfterItsWelcome() throws Exception {
    deployment.others.add(ADAM);
    try (var zoe = join()) {
      first.lastWire().receiver.onBundle(frame(1).toBundle());
      deployment.others.clear();
      first.lastWire().cut();
      awaitChanges(1);
      second.lastWire().say(new Event.Joined(ADAM, true));
      second.lastWire().receiver.onBundle(frame(1).toBundle());

      assertThat(diary.events.subList(1, diary.events.size()))
          .containsExactly(new Event.Updated(ADAM.withAway(true)), new Event.Updated(ADAM));
      assertThat(diary.frames).hasSize(1);
      assertThat(zoe.roster()).containsExactlyInAnyOrder(ZOE, ADAM);
    }
  }

  @Test
  void onAnotherEdgeNobodySpeaksUntilItSaysSo() throws Exception {
    try (var zoe = join()) {
      first.lastWire().say(new Event.Speakers(List.of(8)));
      first.lastWire().cut();
      awaitChanges(1);
      second.lastWire().say(new Event.Speakers(List.of(8, 9)));

      assertThat(zoe.edge()).isEqualTo("edge-2");
      assertThat(diary.speakers).containsExactly(List.of(8), List.of(), List.of(8, 9));
    }
  }

  @Test
  void anEdgeThatForgotTheSessionMakesItSomebodyNew() throws Exception {
    try (var zoe = join()) {
      second.forgets = true;
      first.lastWire().cut();
      awaitChanges(1);

      assertThat(diary.changes).containsExactly(new Change("edge-2", false));
      assertThat(diary.events).hasSize(2).last().isInstanceOf(Event.Welcome.class);
      assertThat(zoe.number()).isNotEqualTo(ZOE.number());
      assertThat(zoe.roster()).containsExactly(zoe.you());
      assertThat(zoe.stats().resumes()).isZero();
    }
  }

  @Test
  void anEdgeThatFallsSilentIsLeftForAnother() throws Exception {
    try (var zoe = join()) {
      var wire = first.lastWire();
      var unanswered = new AtomicInteger();
      // Heartbeats go on while another edge is dialled, and on a busy machine that takes a while.
      diary.onNotice = line -> unanswered.compareAndSet(0, wire.unanswered.get());
      first.freeze();
      awaitChanges(1);

      // Two, unless a busy machine is late; who waited for the link to time out would count a
      // dozen.
      assertThat(unanswered).hasValueBetween(1, 5);
      assertThat(diary.changes).containsExactly(new Change("edge-2", true));
      assertThat(diary.notices).contains("edge-1 is silent, trying edge-2");
      await().until(() -> wire.closed.equals(Optional.of(CloseReason.SUPERSEDED)));
      assertThat(zoe.stats().moves()).isZero();
    }
  }

  @Test
  void anEdgeThatSpeaksAgainInTimeIsKept() throws Exception {
    second.freeze();
    try (var zoe = join()) {
      first.freeze();
      await().until(() -> !diary.notices.isEmpty());
      assertThat(zoe.send(frame(1))).isFalse();
      first.thaw();

      await().until(() -> diary.notices.contains("edge-1 speaks again"));
      assertThat(zoe.send(frame(2))).isTrue();
      second.thaw();
      first.lastWire().say(new Event.Joined(ADAM, false));
      assertThat(zoe.edge()).isEqualTo("edge-1");
      assertThat(deployment.enters).hasSize(1);
    }
  }

  @Test
  void aDrainedEdgeIsLeftWithAnOverlapAndNothingTwice() throws Exception {
    try (var zoe = join()) {
      var wire = first.lastWire();
      first.listed = false;
      wire.say(new Event.Move());
      awaitChanges(1);
      var next = second.lastWire();

      assertThat(zoe.send(frame(1))).isTrue();
      assertThat(wire.frames).extracting(Frame::sequence).containsExactly(1);
      assertThat(next.frames).extracting(Frame::sequence).containsExactly(1);
      wire.receiver.onBundle(frame(5).toBundle());
      next.receiver.onBundle(frame(5).toBundle());
      next.receiver.onBundle(frame(4).toBundle());
      assertThat(diary.frames).extracting(Frame::sequence).containsExactly(5, 4);
      wire.say(new Event.Joined(EVE, false));
      assertThat(zoe.roster()).containsExactly(ZOE);
      assertThat(zoe.stats()).isEqualTo(new Session.Stats(1, 0, 1, 1));

      await().until(() -> wire.closed.equals(Optional.of(CloseReason.SUPERSEDED)));
      zoe.send(frame(2));
      assertThat(wire.frames).hasSize(1);
      assertThat(next.frames).hasSize(2);
      assertThat(diary.notices).contains("moved to edge-2 (same participant)");
    }
  }

  @Test
  void whoFindsNoOtherEdgeStaysUntilThereIsOne() throws Exception {
    second.refuses = true;
    try (var zoe = join()) {
      first.lastWire().say(new Event.Move());
      await()
          .until(() -> diary.notices.contains("edge-1 is about to end, looking for another edge"));
      assertThat(zoe.send(frame(1))).isTrue();
      second.refuses = false;

      awaitChanges(1);
      assertThat(zoe.edge()).isEqualTo("edge-2");
    }
  }

  @Test
  void theOldEdgeMaySayThatTheSessionIsElsewhereBeforeTheNewOneDoes() throws Exception {
    try (var zoe = join()) {
      second.welcomes = false;
      first.lastWire().say(new Event.Move());
      await().until(() -> deployment.enters.size() == 2);
      first.lastWire().end(CloseReason.SUPERSEDED);
      second.welcomes = true;
      second.lastWire().cut();

      awaitChanges(1);
      assertThat(zoe.isOpen()).isTrue();
      assertThat(deployment.enters.getLast().attempt()).isEqualTo(3);
    }
  }

  @Test
  void requestsAndLeavingGoOverBothConnections() throws Exception {
    var zoe = join();
    first.lastWire().say(new Event.Move());
    awaitChanges(1);
    zoe.mute(true);
    zoe.close();

    assertThat(first.lastWire().requests).containsExactly(new Request.SetMuted(true));
    assertThat(second.lastWire().requests).containsExactly(new Request.SetMuted(true));
    assertThat(diary.endings).isEmpty();
    assertThat(zoe.ending().orElseThrow().reason()).contains(CloseReason.LEFT);
  }

  @Test
  void withoutAnyEdgeItTriesUntilOneIsBack() throws Exception {
    try (var zoe = join()) {
      first.refuses = true;
      second.refuses = true;
      deployment.mute = true;
      first.lastWire().cut();
      await().until(() -> !diary.notices.isEmpty());
      assertThat(zoe.send(frame(1))).isFalse();
      assertThatThrownBy(() -> zoe.mute(true)).isInstanceOf(IOException.class);
      assertThat(zoe.isOpen()).isTrue();
      first.refuses = false;

      awaitChanges(1);
      assertThat(zoe.edge()).isEqualTo("edge-1");
      assertThat(zoe.send(frame(2))).isTrue();
    }
  }

  @Test
  void whoHearsOfTheNextEdgeMaySpeakToItAtOnce() throws Exception {
    var joined = new CompletableFuture<Session>();
    var went = new CompletableFuture<Boolean>();
    var eager =
        new SessionListener() {
          @Override
          public void moved(String edge, boolean resumed) {
            went.complete(joined.join().send(RoamingTest.frame(1)));
          }
        };
    try (var zoe = Session.join(CONFIG, eager, deployment)) {
      joined.complete(zoe);
      first.lastWire().cut();

      assertThat(went.get()).isTrue();
      assertThat(second.lastWire().frames).extracting(Frame::sequence).containsExactly(1);
    }
  }

  @Test
  void whenPatienceIsOverTheSessionEnds() throws Exception {
    var config = CONFIG.withPatience(Duration.ofMillis(300));
    try (var zoe = Session.join(config, diary, deployment)) {
      first.refuses = true;
      second.refuses = true;
      first.lastWire().cut();

      var ending = zoe.awaitEnding(Patience.LIMIT).orElseThrow();
      assertThat(ending.reason()).isEmpty();
      assertThat(ending.detail()).startsWith("connection lost: cannot reach edge-");
      assertThat(diary.endings).containsExactly(ending);
    }
  }

  @Test
  void leavingWhileThereIsNoConnectionTakesNoTime() throws Exception {
    var connected = join();
    Duration control = Patience.time(connected::close);
    diary.notices.clear();
    diary.endings.clear();
    var zoe = join();
    int enters = deployment.enters.size();
    first.refuses = true;
    second.freeze();
    first.lastWire().cut();
    await().until(() -> !diary.notices.isEmpty());

    assertThat(Patience.time(zoe::close))
        .isLessThan(Patience.promise(Duration.ofMillis(500), control));
    assertThat(diary.endings).isEmpty();
    second.thaw();
    assertThat(deployment.enters).hasSize(enters);
  }
}
