package confab.room;

import static org.assertj.core.api.Assertions.assertThat;

import confab.frames.DropReason;
import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.Event;
import confab.protocol.Request;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import confab.room.Admission.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tickets on edges where nobody needs one: what they grant counts, and one session enters by each.
class TicketsTest {
  private final SimulatedEdges edges = new SimulatedEdges(3);
  private final Rooms north = edges.edge(0);
  private final Rooms south = edges.edge(1);
  private final Guest witness = edges.join(south, "witness");
  private final String ticket = Guest.ticket(north, "ann", grant(Grant.OPEN.rights()));

  @AfterEach
  void close() {
    edges.close();
  }

  private Grant grant(Set<Right> rights) {
    return new Grant(rights, edges.clock.instant().plusSeconds(600), "id", edges.clock.instant());
  }

  private Guest enter(Rooms edge) {
    return Guest.enter(edge, "ann", ticket, new Request.Enter());
  }

  private static List<String> refusals(Guest guest) {
    return guest.link().eventsOf(Event.Refused.class).stream().map(Event.Refused::error).toList();
  }

  @Test
  void whoShowsATicketHasItsNameAndRightsAndWhoShowsNoneWhatEverybodyHas() {
    Set<Right> rights = Set.of(Right.JOIN, Right.AUDIO, Right.SUBSCRIBE);
    String named =
        north.ticket(
            new RoomId("demo"),
            new UserId("bob"),
            Optional.of(new DisplayName("Bob of the token")),
            grant(rights),
            Optional.empty());
    Guest bob = Guest.enter(north, "bob", named, new Request.Enter());
    bob.request(new Request.Say("hello"));
    bob.request(new Request.Rename("Robert"));
    assertThat(bob.welcome().you().name().value()).isEqualTo("Bob of the token");
    assertThat(refusals(bob)).containsExactly("forbidden", "forbidden");

    Guest carl = Guest.join(north, "demo", "carl");
    carl.request(new Request.Say("hello"));
    carl.request(new Request.Rename("Carlo"));
    assertThat(refusals(carl)).isEmpty();
    assertThat(bob.link().eventsOf(Event.Said.class)).hasSize(1);
  }

  @Test
  void whoComesBackElsewhereHasTheRightsOfTheTicketStill() {
    Guest bob = Guest.join(north, "bob", grant(Set.of(Right.JOIN)));
    edges.exchange();
    Guest again = bob.resume(south, 2);
    assertThat(again.welcome().resumed()).isTrue();
    again.request(new Request.Say("hello"));
    assertThat(refusals(again)).containsExactly("forbidden");
  }

  @Test
  void whatATicketGrantsEndsHereToo() {
    Guest ann = enter(north);
    for (int second = 0; second < 601; second++) {
      ann.request(new Request.Ping(1));
      witness.request(new Request.Ping(1));
      edges.clock.advance(Duration.ofSeconds(1));
      north.sweep();
    }
    assertThat(ann.link().closed).isEqualTo(CloseReason.EXPIRED);
    assertThat(witness.link().closed).isNull();
  }

  @Test
  void whoMayPublishSoManyBitsIsHeardThatMuch() {
    Guest bob = Guest.join(south, "bob", grant(Grant.OPEN.rights()).withMaxBitrate(8_000));
    for (int sequence = 0; sequence < 200; sequence++) {
      bob.speak(sequence);
      witness.speak(sequence);
    }
    edges.pass(Duration.ofMillis(100));
    // 1200 bytes at once.
    int heard = 1200 / Guest.OPUS.length;
    assertThat(witness.link().frames).hasSize(heard);
    assertThat(bob.link().frames).hasSize(200);
    assertThat(south.counters(Transport.WEBTRANSPORT).drops(DropReason.OVER_BITRATE))
        .isEqualTo(200 - heard);
  }

  @Test
  void whoShowsATicketIsAskedForAGoodOne() {
    for (String bad : List.of("nonsense", Guest.ticket(north, "bob", Grant.OPEN))) {
      assertThat(Guest.dial(north, "ann", bad))
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.error()).isEqualTo("unauthorized"));
    }
    edges.clock.advance(Duration.ofSeconds(21));
    assertThat(enter(north).link().closed).isEqualTo(CloseReason.UNAUTHORIZED);
  }

  // --- one session for each ---

  @Test
  void oneSessionEntersByATicket() {
    Guest ann = enter(north);
    assertThat(enter(north).link().closed).isEqualTo(CloseReason.UNAUTHORIZED);
    assertThat(ann.link().closed).isNull();
    assertThat(ann.link().eventsOf(Event.Joined.class)).isEmpty();
    assertThat(north.ticketsReplayed()).isOne();
    ann.request(new Request.Leave());
    edges.clock.advance(Duration.ofSeconds(14));
    assertThat(enter(north).link().closed).isEqualTo(CloseReason.UNAUTHORIZED);
  }

  @Test
  void whoHasEnteredByATicketComesBackByIt() {
    Guest ann = enter(north);
    Guest again = Guest.enter(north, "ann", ticket, new Request.Enter(ann.token(), 2));
    assertThat(again.welcome().resumed()).isTrue();
    edges.clock.advance(Duration.ofSeconds(15));
    assertThat(
            Guest.enter(south, "ann", ticket, new Request.Enter(again.token(), 3))
                .welcome()
                .resumed())
        .isTrue();
  }

  @Test
  void whatAnotherEdgeHasHeardOfIsUsedThereToo() {
    Guest ann = enter(north);
    edges.exchange();
    assertThat(enter(south).link().closed).isEqualTo(CloseReason.UNAUTHORIZED);
    assertThat(ann.link().closed).isNull();
    ann.request(new Request.Leave());
    edges.exchange();
    assertThat(Guest.enter(south, "ann", ticket, new Request.Enter("", 9)).link().closed)
        .isEqualTo(CloseReason.UNAUTHORIZED);
    assertThat(witness.link().eventsOf(Event.Joined.class)).hasSize(1);
  }

  /// An edge that has nobody in the room knows nobody there, however long they have been.
  @Test
  void whereItIsNotKnownYetWhoCameLaterGoes() {
    Guest ann = enter(north);
    edges.pass(Duration.ofMillis(500));
    Rooms west = edges.edge(2);
    Guest thief = Guest.enter(west, "ann", ticket, new Request.Enter("", 9));
    assertThat(thief.link().closed).isNull();
    edges.exchange();
    assertThat(thief.link().closed).isEqualTo(CloseReason.UNAUTHORIZED);
    assertThat(ann.link().closed).isNull();
    assertThat(west.ticketsReplayed()).isOne();
    edges.pass(Duration.ofSeconds(1));
    assertThat(south.participants(new RoomId("demo"))).hasValue(2);
    assertThat(witness.link().eventsOf(Event.Left.class)).isEmpty();
  }

  /// Whoever leaves ends what they began, and nothing else.
  @Test
  void whoCameByTheTicketOfSomebodyElseDoesNotLeaveForThem() {
    Guest ann = enter(north);
    edges.pass(Duration.ofMillis(500));
    Rooms west = edges.edge(2);
    Guest.enter(west, "ann", ticket, new Request.Enter("", 9)).request(new Request.Leave());
    edges.pass(Duration.ofMillis(500));
    assertThat(ann.link().closed).isNull();
    assertThat(south.participants(new RoomId("demo"))).hasValue(2);
    ann.drop();
    edges.pass(Duration.ofMillis(500));
    assertThat(ann.resume(west, 2).welcome().resumed()).isTrue();
  }

  @Test
  void ofTwoWhoEnterAtTheVeryMomentOneStays() {
    Guest one = enter(north);
    Guest other = enter(edges.edge(2));
    edges.exchange();
    edges.exchange();
    assertThat(List.of(one, other)).filteredOn(each -> each.link().closed == null).hasSize(1);
    assertThat(south.participants(new RoomId("demo"))).hasValue(2);
  }
}
