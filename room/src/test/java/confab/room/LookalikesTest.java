package confab.room;

import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.Event;
import confab.protocol.Participant;
import confab.protocol.Request;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whose name looks like that of somebody else, who had it first.
class LookalikesTest {
  private static final String CYRILLIC = "\u0410nn\u0430";

  private final SimulatedEdges edges = new SimulatedEdges(2);
  private final Rooms north = edges.edge(0);
  private final Rooms south = edges.edge(1);

  @AfterEach
  void close() {
    edges.close();
  }

  @Test
  void whoComesLaterIsMarkedForEverybodyAndForOneself() {
    Guest anna = join(north, "anna", "Anna");
    Guest other = join(north, "other", CYRILLIC);

    assertThat(lookalikesOf(anna)).containsExactly(other.number());
    assertThat(lookalikesOf(other)).containsExactly(other.number());
    assertThat(other.welcome().you().lookalike()).isTrue();
    other.request(new Request.WhoAmI());
    assertThat(other.link().eventsOf(Event.You.class).getLast().participant().lookalike()).isTrue();
  }

  @Test
  void theMarkGoesWithWhoeverHadTheNameFirst() {
    Guest anna = join(north, "anna", "Anna");
    Guest other = join(north, "other", CYRILLIC);
    Guest third = join(north, "third", "ANNA");
    anna.request(new Request.Leave());
    edges.exchange();

    assertThat(lookalikesOf(other)).containsExactly(third.number());
    other.request(new Request.WhoAmI());
    assertThat(other.link().eventsOf(Event.You.class).getLast().participant().lookalike())
        .isFalse();
  }

  @Test
  void whoTakesSuchANameIsMarkedAndWhoGivesItUpIsNot() {
    Guest anna = join(north, "anna", "Anna");
    Guest bob = join(north, "bob", "Bob");
    edges.pass(Duration.ofSeconds(1));
    bob.request(new Request.Rename("Anna"));
    assertThat(lookalikesOf(anna)).containsExactly(bob.number());
    assertThat(bob.link().eventsOf(Event.You.class).getLast().participant().lookalike()).isTrue();

    bob.request(new Request.Rename("Bob"));
    assertThat(lookalikesOf(anna)).isEmpty();

    bob.request(new Request.Rename("Anna"));
    edges.pass(Duration.ofSeconds(1));
    anna.request(new Request.Rename("Anna!"));
    edges.pass(Duration.ofSeconds(1));
    anna.request(new Request.Rename("Anna"));
    assertThat(lookalikesOf(bob)).containsExactly(anna.number());
  }

  @Test
  void whoTakesTheNameThatTheyHaveHadItAllTheTime() {
    Guest anna = join(north, "anna", "Anna");
    Guest other = join(north, "other", CYRILLIC);
    edges.pass(Duration.ofSeconds(1));
    anna.request(new Request.Rename("Anna"));

    assertThat(lookalikesOf(anna)).containsExactly(other.number());
  }

  @Test
  void onePersonInTwoTabsLooksLikeNobodyElse() {
    Guest anna = join(north, "anna", "Anna");
    join(north, "anna", "Anna");

    assertThat(lookalikesOf(anna)).isEmpty();
  }

  @Test
  void allEdgesMarkTheSame() {
    Guest anna = join(north, "anna", "Anna");
    edges.pass(Duration.ofSeconds(3));
    Guest other = join(south, "other", CYRILLIC);
    edges.pass(Duration.ofSeconds(1));
    assertThat(lookalikesOf(anna)).containsExactly(other.number());
    assertThat(lookalikesOf(other)).containsExactly(other.number());

    // Another connection, on another edge, is the same session with the same name.
    anna.drop();
    Guest back = anna.resume(south, 2);
    edges.pass(Duration.ofSeconds(1));
    assertThat(lookalikesOf(other)).containsExactly(other.number());
    assertThat(lookalikesOf(back)).containsExactly(other.number());

    back.request(new Request.Leave());
    edges.pass(Duration.ofSeconds(1));
    assertThat(lookalikesOf(other)).isEmpty();
  }

  @Test
  void ofManyOfOneNameOneIsToldOfWhenTheFirstGoes() {
    Guest first = join(north, "first", "Guest");
    for (int i = 0; i < 100; i++) {
      join(north, "guest-" + i, "Guest");
      edges.pass(Duration.ofMillis(50));
    }
    int before = first.link().eventsOf(Event.Updated.class).size();
    Guest last = join(north, "last", "Guest");
    first.request(new Request.Leave());
    edges.pass(Duration.ofSeconds(1));

    assertThat(before).isZero();
    assertThat(last.link().eventsOf(Event.Updated.class)).hasSize(1);
    assertThat(lookalikesOf(last)).hasSize(100);
  }

  private Guest join(Rooms rooms, String user, String name) {
    Guest guest = Guest.connect(rooms, "demo", user, name).enter(new Request.Enter());
    edges.exchange();
    edges.clock.advance(Duration.ofMillis(1));
    return guest;
  }

  /// The numbers of those who are marked, as a participant was told.
  private static List<Integer> lookalikesOf(Guest guest) {
    Map<Integer, Participant> present = new HashMap<>();
    for (Event event : guest.link().events) {
      switch (event) {
        case Event.Welcome welcome ->
            welcome.participants().forEach(each -> present.put(each.number(), each));
        case Event.Joined(Participant who, boolean _) -> present.put(who.number(), who);
        case Event.Updated(Participant who) -> present.put(who.number(), who);
        case Event.Left left -> present.remove(left.number());
        default -> {
          // Says nothing of who is there.
        }
      }
    }
    return present.values().stream()
        .filter(Participant::lookalike)
        .map(Participant::number)
        .toList();
  }
}
