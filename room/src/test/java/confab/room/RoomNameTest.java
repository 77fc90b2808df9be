package confab.room;

import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.DisplayName;
import confab.protocol.Event;
import confab.protocol.Request;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What tokens call a room.
class RoomNameTest {
  private static final RoomId DEMO = new RoomId("demo");

  private final SimulatedEdges edges = new SimulatedEdges(2);
  private final Rooms north = edges.edge(0);
  private final Rooms south = edges.edge(1);

  @AfterEach
  void close() {
    edges.close();
  }

  /// Comes in by a token that was made so many seconds after the beginning.
  private Guest join(Rooms edge, String user, String name, int issued) {
    var at = edges.clock.instant();
    var grant =
        new Grant(Grant.OPEN.rights(), at.plusSeconds(600), "id", Instant.ofEpochSecond(issued));
    String ticket =
        edge.ticket(
            DEMO, new UserId(user), Optional.empty(), grant, Optional.of(new DisplayName(name)));
    Guest guest = Guest.enter(edge, user, ticket, new Request.Enter());
    edges.pass(Duration.ofMillis(100));
    return guest;
  }

  private static List<String> told(Guest guest) {
    return guest.link().eventsOf(Event.RoomChanged.class).stream()
        .map(event -> event.name().value())
        .toList();
  }

  private void assertName(String name) {
    for (Rooms edge : List.of(north, south)) {
      assertThat(edge.name(DEMO)).hasValue(new DisplayName(name));
    }
  }

  @Test
  void whoComesIsToldAndWhoIsThereIsToldOfAnother() {
    Guest near = edges.join(north, "near");
    Guest far = edges.join(south, "far");
    assertThat(near.welcome().roomName()).isEmpty();
    assertThat(north.name(DEMO)).isEmpty();
    Guest ann = join(north, "ann", "Standup", 5);
    assertThat(ann.welcome().roomName()).hasValue(new DisplayName("Standup"));
    assertThat(told(ann)).isEmpty();
    join(south, "bob", "Standup", 6);
    join(south, "carl", "Daily", 7);
    assertThat(told(near)).containsExactly("Standup", "Daily");
    assertThat(told(far)).containsExactly("Standup", "Daily");
    assertThat(told(ann)).containsExactly("Daily");
    assertName("Daily");
    assertThat(edges.join(north, "late").welcome().roomName()).hasValue(new DisplayName("Daily"));
  }

  @Test
  void theNameOfTheLaterTokenCountsWhoeverComesLater() {
    join(north, "ann", "New", 9);
    join(south, "bob", "Old", 8);
    assertName("New");
    join(south, "carl", "Of the same second", 9);
    assertName("Of the same second");
    join(north, "dora", "New", 9);
    assertName("Of the same second");
  }

  @Test
  void edgesThatCouldNotHearEachOtherComeToTheSame() {
    edges.join(north, "near");
    edges.join(south, "far");
    edges.pass(Duration.ofMillis(100));
    edges.line(0).group = 1;
    join(north, "ann", "North", 5);
    join(south, "bob", "South", 6);
    edges.pass(Duration.ofSeconds(1));
    assertThat(north.name(DEMO)).hasValue(new DisplayName("North"));
    edges.line(0).group = 0;
    edges.pass(Duration.ofSeconds(2));
    assertName("South");
  }

  @Test
  void aRoomThatIsEmptyKeepsItsNameUntilItIsForgotten() {
    Guest ann = join(north, "ann", "Standup", 5);
    ann.request(new Request.Leave());
    edges.pass(Duration.ofSeconds(1));
    assertThat(north.name(DEMO)).hasValue(new DisplayName("Standup"));
    pass(Duration.ofMinutes(5));
    assertThat(north.name(DEMO)).hasValue(new DisplayName("Standup"));
    Guest bob = edges.join(north, "bob");
    assertThat(bob.welcome().roomName()).hasValue(new DisplayName("Standup"));
    bob.request(new Request.Leave());
    edges.pass(Duration.ofMillis(100));
    pass(Duration.ofMinutes(11));
    assertThat(north.name(DEMO)).isEmpty();
    assertThat(edges.join(north, "carl").welcome().roomName()).isEmpty();
  }

  private void pass(Duration time) {
    edges.clock.advance(time);
    for (int i = 0; i < 3; i++) {
      north.sweep();
      edges.pass(Duration.ofMillis(100));
    }
  }
}
