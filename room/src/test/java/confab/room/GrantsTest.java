package confab.room;

import static org.assertj.core.api.Assertions.assertThat;

import confab.bus.LocalBus;
import confab.frames.DropReason;
import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.Event;
import confab.protocol.Reaction;
import confab.protocol.Request;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import confab.room.Admission.Admitted;
import confab.room.Admission.Refused;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rooms that nobody enters without a ticket, and what its grant allows.
class GrantsTest {
  private static final RoomId ROOM = new RoomId("demo");
  private static final InetAddress HOST = InetAddress.ofLiteral("192.0.2.7");
  private static final Set<Right> ALL = Grant.OPEN.rights();
  private static final List<String> SECRETS = List.of("a secret of all edges");

  private final TestClock now = new TestClock();
  private final Rooms rooms = rooms(SECRETS);

  private Rooms rooms(List<String> secrets) {
    RoomLimits limits = RoomLimits.defaults().with(it -> it.ticketsOnly = true);
    return new Rooms(EdgeIdentity.named("edge", secrets), LocalBus.alone(), limits, now, now);
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  private Grant grant(Set<Right> rights) {
    return new Grant(rights, now.instant().plusSeconds(60), "id", now.instant());
  }

  private static Set<Right> without(Right... rights) {
    Set<Right> rest = EnumSet.copyOf(ALL);
    rest.removeAll(List.of(rights));
    return rest;
  }

  private String ticket(String user, Set<Right> rights) {
    return rooms.ticket(ROOM, new UserId(user), Optional.empty(), grant(rights), Optional.empty());
  }

  private Admission ask(String room, String user, String ticket) {
    return rooms.admit(
        JoinRequest.of("room=%s&user=%s&ticket=%s".formatted(room, user, ticket), HOST, "", null));
  }

  private Guest connect(String user, String ticket) {
    var link = new RecordingLink();
    Admission admission = ask("demo", user, ticket);
    assertThat(admission).isInstanceOf(Admitted.class);
    return new Guest(rooms.connect((Admitted) admission, link), link);
  }

  private Guest join(String user, Set<Right> rights) {
    return connect(user, ticket(user, rights)).enter(new Request.Enter());
  }

  private static void assertUnauthorized(Admission admission) {
    assertThat(admission)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(401);
              assertThat(refused.error()).isEqualTo("unauthorized");
            });
  }

  @Test
  void nobodyComesInWithoutATicketOfTheirOwn() {
    String anns = ticket("ann", ALL);
    assertThat(ask("demo", "ann", anns)).isInstanceOf(Admitted.class);
    assertUnauthorized(ask("demo", "ann", ""));
    assertUnauthorized(ask("demo", "ann", "nonsense"));
    assertUnauthorized(ask("demo", "bob", anns));
    assertUnauthorized(ask("other", "ann", anns));
    try (Rooms strange = rooms(List.of("a secret of strangers"))) {
      assertUnauthorized(
          ask(
              "demo",
              "ann",
              strange.ticket(
                  ROOM, new UserId("ann"), Optional.empty(), grant(ALL), Optional.empty())));
    }
  }

  @Test
  void aTicketGivesTheName() {
    String named =
        rooms.ticket(
            ROOM,
            new UserId("ann"),
            Optional.of(new DisplayName("Ann of the token")),
            grant(without(Right.NAME)),
            Optional.empty());
    Guest ann = connect("ann", named).enter(new Request.Enter());
    assertThat(ann.welcome().you().name().value()).isEqualTo("Ann of the token");
    ann.request(new Request.Rename("Somebody else"));
    assertThat(ann.link().eventsOf(Event.Refused.class))
        .containsExactly(
            new Event.Refused("forbidden", "Your token does not grant you this: name.", 0));
  }

  @Test
  void aTicketLetsNobodyInAnewAfterSeconds() {
    String old = ticket("ann", ALL);
    now.advance(Duration.ofSeconds(19));
    assertThat(connect("ann", old).enter(new Request.Enter()).link().closed).isNull();
    now.advance(Duration.ofSeconds(2));
    // Somebody who was let in once may dial, and then has to be the same.
    assertThat(connect("ann", old).enter(new Request.Enter()).link().closed)
        .isEqualTo(CloseReason.UNAUTHORIZED);
    assertThat(connect("ann", old).enter(new Request.Enter("nonsense", 2)).link().closed)
        .isEqualTo(CloseReason.UNAUTHORIZED);
  }

  @Test
  void aTicketIsUsedThoughItsRoomIsForgotten() {
    var limits = RoomLimits.defaults().with(it -> it.emptyRoomLifetime = Duration.ZERO);
    try (var edge =
        new Rooms(EdgeIdentity.named("edge", SECRETS), LocalBus.alone(), limits, now, now)) {
      String ticket = Guest.ticket(edge, "ann", grant(ALL));
      Guest.enter(edge, "ann", ticket, new Request.Enter()).request(new Request.Leave());
      now.advance(Duration.ofSeconds(1));
      edge.beat();
      edge.sweep();
      assertThat(edge.roomCount()).isZero();
      assertThat(Guest.enter(edge, "ann", ticket, new Request.Enter()).link().closed)
          .isEqualTo(CloseReason.UNAUTHORIZED);
    }
  }

  @Test
  void whoComesBackHasNeitherMoreNorFewerRights() {
    String old = ticket("ann", without(Right.CHAT));
    Guest ann = connect("ann", old).enter(new Request.Enter());
    now.advance(Duration.ofSeconds(30));
    int attempt = 2;
    for (String shown : List.of(old, ticket("ann", ALL))) {
      Guest again = connect("ann", shown).enter(new Request.Enter(ann.token(), attempt++));
      assertThat(again.welcome().resumed()).isTrue();
      again.request(new Request.Say("hello"));
      assertThat(again.link().eventsOf(Event.Refused.class))
          .extracting(Event.Refused::error)
          .containsExactly("forbidden");
      ann = again;
    }
  }

  @Test
  void whatAnEdgeGrantsThatAsksForNoTokenIsWorthNothing() {
    var open =
        new Rooms(
            EdgeIdentity.named("open", SECRETS), LocalBus.alone(), RoomLimits.defaults(), now, now);
    try (open) {
      Guest ann = Guest.join(open, "demo", "ann");
      String old = ticket("ann", ALL);
      now.advance(Duration.ofSeconds(21));
      assertThat(connect("ann", old).enter(new Request.Enter(ann.token(), 2)).link().closed)
          .isEqualTo(CloseReason.UNAUTHORIZED);
    }
  }

  @ParameterizedTest
  @CsvSource({"CHAT, chat", "REACTIONS, reactions"})
  void whatIsNotGrantedIsRefusedByItsName(Right right, String name) {
    Guest ann = join("ann", without(right));
    Guest bob = join("bob", ALL);
    Request request =
        right == Right.CHAT ? new Request.Say("hi") : new Request.React(Reaction.HEART);
    ann.request(request);
    assertThat(ann.link().eventsOf(Event.Refused.class))
        .extracting(Event.Refused::message)
        .containsExactly("Your token does not grant you this: " + name + ".");
    assertThat(bob.link().eventsOf(Event.Said.class)).isEmpty();
    assertThat(bob.link().eventsOf(Event.Reacted.class)).isEmpty();
    bob.request(request);
    assertThat(ann.link().eventsOf(Event.Refused.class)).hasSize(1);
  }

  @Test
  void whoMayNotBeHeardIsAListenerAndIsNotHeard() {
    Guest speaker = join("speaker", ALL);
    Guest listener = join("listener", without(Right.AUDIO));
    assertThat(listener.welcome().you().listener()).isTrue();
    assertThat(speaker.link().eventsOf(Event.Joined.class))
        .extracting(joined -> joined.participant().listener())
        .containsExactly(true);

    listener.speak(1);
    speaker.speak(1);
    now.advance(Duration.ofMillis(100));
    rooms.flush();
    assertThat(speaker.link().frames).isEmpty();
    assertThat(rooms.counters(Transport.WEBTRANSPORT).drops(DropReason.NOT_GRANTED)).isOne();
    assertThat(listener.link().frames).hasSize(1);
  }

  @Test
  void whoMayNotHearHearsNothingWhateverTheyAskFor() {
    Guest speaker = join("speaker", ALL);
    Guest deaf = join("deaf", without(Right.SUBSCRIBE));
    deaf.request(new Request.SetDeafened(true));
    deaf.request(new Request.SetDeafened(false));
    speaker.speak(1);
    now.advance(Duration.ofMillis(100));
    rooms.flush();
    assertThat(deaf.link().frames).isEmpty();
  }

  @Test
  void whatIsGrantedEnds() {
    Guest ann = join("ann", ALL);
    Guest bob = join("bob", ALL);
    String late = ticket("late", ALL);
    for (int second = 0; second < 59; second++) {
      now.advance(Duration.ofSeconds(1));
      ann.request(new Request.Ping(1));
      rooms.sweep();
    }
    assertThat(ann.link().closed).isNull();
    now.advance(Duration.ofSeconds(1));
    rooms.sweep();
    assertThat(ann.link().closed).isEqualTo(CloseReason.EXPIRED);
    assertThat(bob.link().closed).isNotNull();
    assertUnauthorized(ask("demo", "late", late));
    // The token that it would come back by has ended with it.
    Admission again = ask("demo", "ann", ticket("ann", ALL));
    var link = new RecordingLink();
    Guest anew = new Guest(rooms.connect((Admitted) again, link), link);
    anew.enter(new Request.Enter(ann.token(), 2));
    assertThat(anew.welcome().resumed()).isFalse();
  }
}
