package confab.room;

import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Participant;
import confab.protocol.Reaction;
import confab.protocol.Request;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.grants.Attributes;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Those whose token hides them, and what tokens say of those who are shown.
class HiddenTest {
  private static final RoomId DEMO = new RoomId("demo");

  private final SimulatedEdges edges = new SimulatedEdges(2);
  private final Rooms north = edges.edge(0);
  private final Rooms south = edges.edge(1);
  private final Guest near = edges.join(north, "near");
  private final Guest far = edges.join(south, "far");

  @BeforeEach
  void letThemHearOfEachOther() {
    edges.pass(Duration.ofMillis(100));
  }

  @AfterEach
  void close() {
    edges.close();
  }

  private Grant grant(Set<Right> rights) {
    return new Grant(rights, edges.clock.instant().plusSeconds(600), "id", edges.clock.instant());
  }

  private Guest hide(Rooms edge, String user) {
    Guest guest = Guest.join(edge, user, grant(EnumSet.allOf(Right.class)));
    edges.pass(Duration.ofMillis(100));
    return guest;
  }

  private static Set<String> users(Event.Welcome welcome) {
    return Set.copyOf(
        welcome.participants().stream().map(Participant::user).map(UserId::value).toList());
  }

  @Test
  void whoIsHiddenIsShownToNobodyOnAnyEdge() {
    int events = near.link().events.size() + far.link().events.size();
    Guest ghost = hide(north, "ghost");
    Guest other = hide(south, "other");
    ghost.request(new Request.SetMuted(true));
    ghost.request(new Request.Rename("Boo"));
    ghost.request(new Request.RaiseHand(true));
    edges.pass(Duration.ofMillis(300));
    ghost.drop();
    edges.pass(Duration.ofMillis(300));
    Guest again = ghost.resume(south, 2);
    edges.pass(Duration.ofMillis(300));
    assertThat(again.welcome().resumed()).isTrue();
    assertThat(again.welcome().you().name().value()).isEqualTo("Boo");
    Guest newcomer = edges.join(south, "newcomer");
    assertThat(users(newcomer.welcome())).containsExactlyInAnyOrder("near", "far", "newcomer");
    again.request(new Request.Leave());
    edges.pass(Duration.ofMillis(300));

    // What they heard is that of the newcomer alone.
    assertThat(near.link().events.size() + far.link().events.size()).isEqualTo(events + 2);
    assertThat(other.link().eventsOf(Event.Joined.class))
        .extracting(joined -> joined.participant().user().value())
        .containsExactly("newcomer");
    assertThat(north.participants(DEMO)).hasValue(3);
    assertThat(south.participants(DEMO)).hasValue(3);
  }

  @Test
  void whoIsHiddenSeesTheOthersAndItself() {
    hide(south, "other");
    Guest ghost = hide(north, "ghost");
    assertThat(ghost.welcome().you().hidden()).isTrue();
    assertThat(users(ghost.welcome())).containsExactlyInAnyOrder("near", "far", "ghost");
    ghost.request(new Request.SetDeafened(true));
    assertThat(ghost.link().eventsOf(Event.You.class).getLast().participant().deafened()).isTrue();
  }

  @Test
  void whoIsHiddenSaysNothingWhateverTheTokenGrants() {
    Guest ghost = hide(north, "ghost");
    ghost.request(new Request.Say("boo"));
    ghost.request(new Request.React(Reaction.PARTY));
    ghost.speak(1);
    edges.pass(Duration.ofMillis(300));
    for (Guest each : List.of(near, far)) {
      assertThat(each.link().eventsOf(Event.Word.class)).isEmpty();
      assertThat(each.link().frames).isEmpty();
    }
    assertThat(ghost.link().eventsOf(Event.Refused.class))
        .extracting(Event.Refused::error)
        .containsExactly("forbidden", "forbidden");
    assertThat(ghost.welcome().you().listener()).isTrue();
  }

  @Test
  void whoIsHiddenHearsAndReadsAlsoWhereNobodyElseIs() {
    far.request(new Request.Leave());
    edges.pass(Duration.ofSeconds(1));
    Guest ghost = hide(south, "ghost");
    near.speak(1);
    near.request(new Request.Say("anybody?"));
    edges.pass(Duration.ofMillis(300));
    assertThat(ghost.link().frames).hasSize(1);
    assertThat(ghost.link().eventsOf(Event.Said.class)).hasSize(1);
    // What it misses it is told.
    ghost.drop();
    near.request(new Request.Say("still?"));
    edges.pass(Duration.ofMillis(300));
    assertThat(ghost.resume(south, 2).link().eventsOf(Event.Said.class)).hasSize(2);
  }

  // --- attributes ---

  @Test
  void whatATokenSaysOfItsBearerIsSeenOnAllEdgesAndSurvives() {
    Attributes attributes = Attributes.of(Map.of("role", "Guest of honour"));
    Guest ann = Guest.join(north, "ann", grant(Grant.OPEN.rights()).withAttributes(attributes));
    edges.pass(Duration.ofMillis(100));
    assertThat(ann.welcome().you().attributes()).isEqualTo(attributes);
    for (Guest each : List.of(near, far)) {
      assertThat(each.link().eventsOf(Event.Joined.class).getLast().participant().attributes())
          .isEqualTo(attributes);
    }
    edges.kill(0);
    edges.pass(Duration.ofSeconds(1));
    Guest again = ann.resume(south, 2);
    assertThat(again.welcome().resumed()).isTrue();
    assertThat(again.welcome().you().attributes()).isEqualTo(attributes);
    assertThat(far.link().eventsOf(Event.Left.class)).isEmpty();
    again.request(new Request.Leave());
    assertThat(far.link().eventsOf(Event.Left.class))
        .extracting(Event.Left::reason)
        .containsExactly(CloseReason.LEFT);
  }
}
