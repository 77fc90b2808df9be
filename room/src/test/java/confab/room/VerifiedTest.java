package confab.room;

import static org.assertj.core.api.Assertions.assertThat;

import confab.frames.Rate;
import confab.protocol.Event;
import confab.protocol.Request;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import confab.room.Admission.Admitted;
import confab.room.Admission.Refused;
import confab.room.Rooms.Creation;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Users whom a token names, and those who only say who they are.
class VerifiedTest {
  private final SimulatedEdges edges =
      new SimulatedEdges(
          2,
          RoomLimits.defaults()
              .with(
                  it -> {
                    it.sessionsPerAddress = 3;
                    it.connects = new Rate(1, 4);
                    it.roomCreations = new Rate(0.1, 2);
                  }));
  private final Rooms north = edges.edge(0);
  private final Rooms south = edges.edge(1);

  @AfterEach
  void close() {
    edges.close();
  }

  private Grant token() {
    var now = edges.clock.instant();
    return new Grant(Grant.OPEN.rights(), now.plusSeconds(600), "id", now).withVerified();
  }

  private Guest verified(Rooms edge, Grant grant) {
    Guest guest = Guest.join(edge, "ann", grant);
    edges.pass(Duration.ofSeconds(1));
    return guest;
  }

  private Guest anybody(Rooms edge) {
    Guest guest = Guest.join(edge, "demo", "ann");
    edges.pass(Duration.ofSeconds(1));
    return guest;
  }

  @Test
  void everybodySeesWhomATokenNames() {
    Guest ann = verified(north, token());
    assertThat(ann.welcome().you().verified()).isTrue();
    Guest other = anybody(south);
    assertThat(other.welcome().you().verified()).isFalse();
    assertThat(other.link().eventsOf(Event.Joined.class))
        .singleElement()
        .satisfies(joined -> assertThat(joined.participant().verified()).isTrue());
  }

  @Test
  void whoTakesTheirUserIdIsMarkedHoweverEarlyTheyCame() {
    Guest other = anybody(south);
    Guest ann = verified(north, token());
    assertThat(ann.welcome().you().lookalike()).isFalse();
    assertThat(other.link().eventsOf(Event.Updated.class).getLast().participant())
        .satisfies(
            marked -> {
              assertThat(marked.number()).isEqualTo(other.number());
              assertThat(marked.lookalike()).isTrue();
            });
  }

  @Test
  void whoTakesTheirUserIdIsMarkedWhateverTheirName() {
    Guest early = named(south, "Somebody");
    Guest ann = verified(north, token());
    assertThat(marked(early)).isTrue();
    Guest late = named(north, "Another");
    assertThat(late.welcome().you().lookalike()).isTrue();
    ann.request(new Request.Leave());
    edges.pass(Duration.ofSeconds(1));
    assertThat(marked(early)).isFalse();
    assertThat(marked(late)).isFalse();
  }

  /// A token that names a user without a name lets them choose any.
  @Test
  void whoseTokenGivesTheNameComesBeforeWhoHasChosenIt() {
    Guest bob = Guest.join(north, "bob", token());
    bob.request(new Request.Rename("ann"));
    edges.pass(Duration.ofSeconds(1));
    Guest ann = Guest.join(south, "ann", namedToken());
    edges.pass(Duration.ofSeconds(1));
    assertThat(marked(bob)).isTrue();
    assertThat(marked(ann)).isFalse();
  }

  private Grant namedToken() {
    var now = edges.clock.instant();
    var rights = EnumSet.of(Right.JOIN, Right.CHAT);
    return new Grant(rights, now.plusSeconds(600), "id", now).withVerified();
  }

  private Guest named(Rooms edge, String name) {
    Guest guest = Guest.connect(edge, "demo", "ann", name).enter(new Request.Enter());
    edges.pass(Duration.ofSeconds(1));
    return guest;
  }

  private static boolean marked(Guest guest) {
    guest.request(new Request.WhoAmI());
    return guest.link().eventsOf(Event.You.class).getLast().participant().lookalike();
  }

  @Test
  void whoDialsByAnOldTicketTakesNoneOfTheirPlaces() {
    String ticket = Guest.ticket(north, "ann", token());
    edges.pass(Duration.ofSeconds(30));
    for (int i = 0; i < 4; i++) {
      north.connect((Admitted) Guest.dial(north, "ann", ticket), new RecordingLink());
    }
    assertThat(Guest.dial(north, "ann", Guest.ticket(north, "ann", token())))
        .isInstanceOf(Admitted.class);
  }

  @Test
  void whoTakesTheirUserIdTakesNoneOfTheirSessions() {
    anybody(north);
    assertThat(verified(south, token().withSessions(1)).link().closed).isNull();
    anybody(north);
    assertThat(verified(south, token().withSessions(1)).link().closed).isNotNull();
  }

  /// Those who have only chosen the id are away as well, and five of them may be.
  @Test
  void whoTakesTheirUserIdDoesNotEndThemWhileTheyAreAway() {
    Guest ann = verified(north, token());
    ann.drop();
    for (int i = 0; i < 6; i++) {
      anybody(north).drop();
    }
    edges.pass(Duration.ofSeconds(1));
    assertThat(ann.resume(north, 2).welcome().resumed()).isTrue();
  }

  @Test
  void aUserHasAsMuchAsAnAddressFromWhereverTheyCome() {
    // Three, and one for whoever is there already.
    for (int i = 0; i < 4; i++) {
      verified(north, token());
    }
    assertThat(Guest.dial(north, "ann", Guest.ticket(north, "ann", token())))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.error()).isEqualTo("address_full"));
    assertThat(Guest.dial(south, "ann", Guest.ticket(south, "ann", token())))
        .isInstanceOf(Admitted.class);
    assertThat(anybody(north).link().closed).isNull();
  }

  @Test
  void aUserDialsAndMakesRoomsAsOftenAsAnAddress() {
    anybody(south);
    String ticket = Guest.ticket(south, "ann", token());
    for (int i = 0; i < 4; i++) {
      assertThat(Guest.dial(south, "ann", ticket)).isInstanceOf(Admitted.class);
    }
    assertThat(Guest.dial(south, "ann", ticket))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.error()).isEqualTo("rate_limited"));

    assertThat(create(1)).isInstanceOf(Creation.Created.class);
    assertThat(create(2)).isInstanceOf(Creation.Created.class);
    assertThat(create(3))
        .isInstanceOfSatisfying(
            Creation.NotCreated.class,
            not -> assertThat(not.why().error()).isEqualTo("rate_limited"));
  }

  private Creation create(int host) {
    InetAddress address = InetAddress.ofLiteral("192.0.2." + host);
    return north.create(address, Optional.of(new UserId("ann")));
  }
}
