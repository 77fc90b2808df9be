package confab.room;

import static org.assertj.core.api.Assertions.assertThat;

import confab.bus.Bus;
import confab.bus.Subject;
import confab.protocol.ChatText;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Reaction;
import confab.protocol.Request;
import confab.protocol.RoomId;
import confab.room.limits.Limit;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What participants tell each other besides their voices, on one edge and across.
class WordsTest {
  private final SimulatedEdges edges = new SimulatedEdges(2);
  private Guest alice;
  private Guest bob;
  private Guest carol;

  @BeforeEach
  void meet() {
    alice = edges.join(edges.edge(0), "alice");
    bob = edges.join(edges.edge(0), "bob");
    carol = edges.join(edges.edge(1), "carol");
    edges.pass(Duration.ofSeconds(2));
  }

  @AfterEach
  void close() {
    edges.close();
  }

  @Test
  void whatIsWrittenReachesEverybodyOnAllEdgesOnce() {
    alice.request(new Request.Say("  <b>hello</b>\nall ", 7));
    edges.exchange();

    var said = new Event.Said(alice.number(), new ChatText("<b>hello</b>\nall"), 7);
    for (Guest each : new Guest[] {alice, bob, carol}) {
      assertThat(each.link().eventsOf(Event.Word.class)).containsExactly(said);
    }
  }

  @Test
  void aReactionReachesEverybody() {
    carol.request(new Request.React(Reaction.HEART));
    edges.exchange();

    assertThat(alice.link().eventsOf(Event.Word.class))
        .containsExactly(new Event.Reacted(carol.number(), Reaction.HEART));
  }

  @Test
  void whatIsNoTextIsRefusedWithTheRuleThatItBreaks() {
    alice.request(new Request.Say(" \n "));
    alice.request(new Request.Say("\u200b"));
    alice.request(new Request.Say("x".repeat(ChatText.MAX_CODE_POINTS + 1)));
    alice.request(new Request.Say("turned \u202e around"));
    alice.request(new Request.Say("a\ttab"));
    edges.exchange();

    String unseen = "A message needs a character that can be seen.";
    String mark = "A message has no control characters, or marks that turn the direction of text.";
    assertThat(alice.link().eventsOf(Event.Refused.class))
        .containsExactly(
            new Event.Refused("bad_text", unseen, 0),
            new Event.Refused("bad_text", unseen, 0),
            new Event.Refused("bad_text", "A message has at most 1000 characters.", 0),
            new Event.Refused("bad_text", mark, 0),
            new Event.Refused("bad_text", mark, 0));
    assertThat(bob.link().eventsOf(Event.Word.class)).isEmpty();
  }

  @Test
  void whatIsWrittenAtOnceAfterComingBackReachesThoseOnOtherEdges() {
    Rooms third = edges.start();
    alice.drop();
    edges.pass(Duration.ofSeconds(1));
    // The third edge knows of nobody yet, and nobody knows that she is there.
    Guest back = alice.resume(third, 2);
    back.request(new Request.Say("first"));
    back.request(new Request.Say("second"));
    edges.exchange();
    back.request(new Request.Say("third"));
    edges.exchange();

    for (Guest each : new Guest[] {back, bob, carol}) {
      assertThat(each.link().eventsOf(Event.Said.class))
          .extracting(said -> said.text().value())
          .containsExactly("first", "second", "third");
    }
  }

  @Test
  void whoComesBackIsToldNothingFromBeforeItCame() {
    alice.request(new Request.Say("among us", 1));
    edges.pass(Duration.ofSeconds(1));
    Guest dan = edges.join(edges.edge(0), "dan");
    edges.pass(Duration.ofSeconds(1));
    alice.request(new Request.Say("hello Dan", 2));
    edges.exchange();
    for (int i = 0; i < 2; i++) {
      Guest back = dan.resume(edges.edge(i), 2 + i);
      assertThat(back.link().eventsOf(Event.Said.class))
          .extracting(said -> said.text().value())
          .containsExactly("hello Dan");
    }
  }

  @Test
  void whoComesBackHearsWhatWasWrittenMeanwhileAndNothingFromLongBefore() {
    alice.request(new Request.Say("long before", 1));
    for (int i = 0; i < 6; i++) {
      edges.pass(Duration.ofSeconds(5));
      List.of(alice, bob, carol).forEach(each -> each.request(new Request.Ping(0)));
    }
    carol.request(new Request.Say("heard", 2));
    edges.exchange();
    bob.drop();
    carol.request(new Request.Say("missed", 3));
    edges.exchange();
    alice.request(new Request.Say("too", 0));
    edges.exchange();

    // On whatever edge that has the room.
    for (int i = 0; i < 2; i++) {
      Guest back = bob.resume(edges.edge(i), 2 + i);
      assertThat(back.link().eventsOf(Event.Said.class))
          .extracting(said -> said.text().value())
          .containsExactly("heard", "missed", "too");
      assertThat(back.link().eventsOf(Event.Said.class)).noneMatch(said -> said.id() == 0);
    }
    assertThat(edges.join(edges.edge(0), "dan").link().eventsOf(Event.Said.class)).isEmpty();
  }

  @Test
  void aRaisedHandIsSeenEverywhereAndLoweredAgain() {
    alice.request(new Request.RaiseHand(true));
    edges.pass(Duration.ofSeconds(1));
    assertThat(carol.link().eventsOf(Event.Updated.class).getLast().participant())
        .isEqualTo(alice.participant());
    assertThat(alice.participant().handRaised()).isTrue();
    long since = alice.participant().handRaisedAt();
    edges.pass(Duration.ofSeconds(1));
    bob.request(new Request.RaiseHand(true));
    alice.request(new Request.RaiseHand(true));
    assertThat(alice.participant().handRaisedAt()).isEqualTo(since);
    assertThat(bob.participant().handRaisedAt()).isGreaterThan(since);
    edges.pass(Duration.ofSeconds(1));

    alice.request(new Request.RaiseHand(false));
    edges.pass(Duration.ofSeconds(1));
    assertThat(carol.link().eventsOf(Event.Updated.class).getLast().participant().handRaised())
        .isFalse();
  }

  @Test
  void anotherEdgeSpeaksOnlyForThoseWhoAreThere() {
    var demo = Subject.room(new RoomId("demo"));
    try (Bus stranger = edges.network.connect()) {
      Bus.Attachment attachment = stranger.attach(demo, (channel, message) -> {});
      var forged = new Event.Said(alice.number(), new ChatText("not me"), 1);
      attachment.publish(Bus.Channel.WORDS, forged.toBytes());
      attachment.publish(
          Bus.Channel.WORDS, new Event.Said(4711, new ChatText("who?"), 2).toBytes());
      attachment.publish(Bus.Channel.WORDS, new Event.Move().toBytes());
      attachment.publish(Bus.Channel.WORDS, new byte[] {1, 2, 3});
      edges.exchange();
    }
    assertThat(bob.link().eventsOf(Event.Word.class)).isEmpty();
    assertThat(bob.link().eventsOf(Event.Move.class)).isEmpty();
  }

  @Test
  void whatOtherEdgesBringIsWithinTheLimitOfTheRoom() {
    var demo = Subject.room(new RoomId("demo"));
    var text = new ChatText("x".repeat(ChatText.MAX_CODE_POINTS));
    try (Bus stranger = edges.network.connect()) {
      Bus.Attachment attachment = stranger.attach(demo, (channel, message) -> {});
      for (int i = 1; i <= 200; i++) {
        attachment.publish(Bus.Channel.WORDS, new Event.Said(carol.number(), text, i).toBytes());
      }
      edges.exchange();
    }
    int most = RoomLimits.defaults().texts().room().burst() / ChatText.MAX_CODE_POINTS;
    assertThat(alice.link().eventsOf(Event.Said.class)).hasSizeBetween(most / 2, most);
    assertThat(edges.edge(0).limited().limited(Limit.ROOM_TEXT)).isPositive();
  }

  @Test
  void aPublisherIsToldWhatBecameOfItsFrames() {
    // Leaves bob as the only one who listens.
    carol.connection().close(CloseReason.LEFT);
    edges.exchange();
    for (int i = 0; i < 100; i++) {
      if (i % 10 != 5) {
        alice.speak(i);
      }
    }
    bob.request(new Request.ReceiverReport(80, 20));
    edges.pass(Duration.ofSeconds(2));
    edges.edge(0).sweep();

    assertThat(alice.link().eventsOf(Event.PublisherReport.class))
        .containsExactly(new Event.PublisherReport(90, 10, 200, OptionalInt.empty()));
    assertThat(bob.link().eventsOf(Event.PublisherReport.class)).isEmpty();
  }
}
