package confab.room;

import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Request;
import confab.protocol.RoomId;
import confab.protocol.grants.Grant;
import confab.room.Admission.Admitted;
import confab.room.Admission.Refused;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tokens that say how many sessions their user may have in a room.
class SessionLimitTest {
  private static final RoomId DEMO = new RoomId("demo");
  private static final InetAddress HOST = InetAddress.ofLiteral("192.0.2.7");

  private final SimulatedEdges edges = new SimulatedEdges(3);
  private final Rooms north = edges.edge(0);
  private final Rooms south = edges.edge(1);
  private final Guest witness = edges.join(south, "witness");

  @AfterEach
  void close() {
    edges.close();
  }

  private Grant grant(int sessions) {
    var now = edges.clock.instant();
    return new Grant(Grant.OPEN.rights(), now.plusSeconds(600), "id", now).withSessions(sessions);
  }

  private Guest join(Rooms edge, int sessions) {
    Guest guest = Guest.join(edge, "ann", grant(sessions));
    edges.pass(Duration.ofMillis(100));
    return guest;
  }

  private Admission ask(Rooms edge, String session) {
    String ticket = Guest.ticket(edge, "ann", grant(2));
    String query = "room=demo&user=ann&ticket=%s&session=%s".formatted(ticket, session);
    return edge.preview(JoinRequest.of(query, HOST, "", null));
  }

  private static void assertIsOneTooMany(Guest guest) {
    assertThat(guest.link().closed).isEqualTo(CloseReason.TOO_MANY_SESSIONS);
  }

  @Test
  void whoHasAsManyAsTheyMayDoesNotComeInOnceMore() {
    Guest first = join(north, 2);
    Guest second = join(south, 2);
    assertIsOneTooMany(join(north, 2));
    assertIsOneTooMany(join(south, 2));
    assertThat(first.link().closed).isNull();
    assertThat(second.link().closed).isNull();
    assertThat(Guest.join(north, "demo", "bob").link().closed).isNull();
    first.request(new Request.Leave());
    edges.pass(Duration.ofMillis(100));
    assertThat(join(south, 2).link().closed).isNull();
  }

  @Test
  void whoIsAwayCountsAndComesBackAllTheSame() {
    Guest ann = join(north, 1);
    ann.drop();
    edges.pass(Duration.ofMillis(100));
    assertIsOneTooMany(join(south, 1));
    Guest again = ann.resume(south, 2);
    edges.pass(Duration.ofMillis(100));
    assertThat(again.welcome().resumed()).isTrue();
    assertThat(again.link().closed).isNull();
    assertThat(again.resume(south, 3).link().closed).isNull();
  }

  @Test
  void whoIsThereStaysWhateverTheClockOfTheOtherEdge() {
    Rooms slow = edges.start(() -> edges.clock.instant().minusSeconds(30));
    Guest.join(slow, "demo", "bob");
    Guest first = join(north, 1);
    assertIsOneTooMany(join(slow, 1));
    assertThat(first.link().closed).isNull();
  }

  @Test
  void whoComesBackToWhereOneOfThemCameBeforeIsOneTooMany() {
    edges.line(0).group = 1;
    Guest first = join(south, 1);
    Guest second = join(north, 1);
    assertThat(second.link().closed).isNull();
    Guest again = second.resume(south, 2);
    assertIsOneTooMany(again);
    assertThat(again.link().eventsOf(Event.Welcome.class)).isEmpty();
    assertThat(first.link().closed).isNull();
    assertThat(south.participants(DEMO)).hasValue(2);
  }

  @Test
  void theSessionApiSaysSoButNotToWhoIsThere() {
    Guest first = join(north, 2);
    assertThat(ask(north, "")).isInstanceOf(Admitted.class);
    Guest second = join(south, 2);
    assertThat(ask(north, ""))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(403);
              assertThat(refused.error()).isEqualTo("too_many_sessions");
            });
    assertThat(ask(north, "0123456789abcdef")).isInstanceOf(Refused.class);
    for (Guest each : List.of(first, second)) {
      assertThat(ask(north, each.welcome().session())).isInstanceOf(Admitted.class);
    }
  }

  @Test
  void ofTwoWhoComeInAtOnceOnTwoEdgesTheLaterGoes() {
    for (Rooms early : List.of(north, south)) {
      Rooms late = early == north ? south : north;
      Guest first = Guest.join(early, "ann", grant(1));
      edges.clock.advance(Duration.ofMillis(1));
      Guest second = Guest.join(late, "ann", grant(1));
      edges.pass(Duration.ofMillis(100));
      assertThat(first.link().closed).isNull();
      assertIsOneTooMany(second);
      edges.pass(Duration.ofMillis(100));
      assertThat(south.participants(DEMO)).hasValue(2);
      first.request(new Request.Leave());
      edges.pass(Duration.ofMillis(100));
    }
    assertThat(witness.link().eventsOf(Event.Left.class))
        .extracting(Event.Left::reason)
        .contains(CloseReason.TOO_MANY_SESSIONS);
  }

  @Test
  void ofTwoWhoComeInAtTheVeryMomentOneStays() {
    Guest one = Guest.join(north, "ann", grant(1));
    Guest other = Guest.join(edges.edge(2), "ann", grant(1));
    edges.pass(Duration.ofMillis(100));
    edges.pass(Duration.ofMillis(100));
    assertThat(List.of(one, other)).filteredOn(each -> each.link().closed == null).hasSize(1);
    assertThat(south.participants(DEMO)).hasValue(2);
  }
}
