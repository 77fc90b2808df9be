package confab.room;

import static org.assertj.core.api.Assertions.assertThat;

import confab.bus.LocalBus;
import confab.frames.Forwarding;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Participant;
import confab.protocol.Reaction;
import confab.protocol.Request;
import confab.room.limits.Limit;
import confab.room.limits.TextLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Seven who say, rename and change as much as they can in a large room, and everybody else in it.
class FloodTest {
  private static final String LONG_TEXT = "🙂".repeat(1000);

  private final TestClock now = new TestClock();
  private final Rooms rooms =
      new Rooms(EdgeIdentity.named("edge"), LocalBus.alone(), RoomLimits.defaults(), now, now);
  private final List<Guest> seven = new ArrayList<>();
  private final List<Guest> honest = new ArrayList<>();

  @BeforeEach
  void meet() {
    for (int i = 0; i < 7; i++) {
      seven.add(Guest.join(rooms, "demo", "flood" + i));
    }
    for (int i = 7; i <= Forwarding.CROWD + 7; i++) {
      honest.add(Guest.join(rooms, "demo", "guest" + i));
    }
    sweep();
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  private void sweep() {
    now.advance(Duration.ofMillis(250));
    rooms.sweep();
  }

  private void sayALot() {
    for (int i = 1; i <= 40; i++) {
      for (Guest each : seven) {
        each.request(new Request.Say(LONG_TEXT, i));
      }
    }
  }

  private static List<Event.Refused> refusals(Guest guest) {
    return guest.link().eventsOf(Event.Refused.class);
  }

  @Test
  void whoeverWritesTooMuchIsRefusedWithTheTimeAndNobodyIsClosed() {
    sayALot();
    honest.getFirst().request(new Request.Say("hello", 1));
    honest.getFirst().request(new Request.SetMuted(true));
    sweep();

    for (Guest each : seven) {
      assertThat(each.link().closed).isNull();
      assertThat(refusals(each)).hasSize(39);
      assertThat(refusals(each).getFirst().error()).isEqualTo("rate_limited");
    }
    for (Guest each : honest) {
      assertThat(each.link().closed).isNull();
      assertThat(each.link().eventsOf(Event.Said.class))
          .hasSize(8)
          .extracting(said -> said.text().value())
          .endsWith("hello");
      assertThat(each.link().eventsOf(Event.Updated.class))
          .containsExactly(new Event.Updated(honest.getFirst().participant()));
    }
    assertThat(rooms.limited().limited(Limit.TEXT)).isEqualTo(7 * 39);
  }

  @Test
  void whoWaitsAsToldIsHeard() {
    Guest writer = honest.getFirst();
    int id = 1;
    while (refusals(writer).isEmpty()) {
      writer.request(new Request.Say(LONG_TEXT, id++));
    }
    now.advance(Duration.ofMillis(refusals(writer).getFirst().retryAfterMillis()));
    writer.request(new Request.Say(LONG_TEXT, id));
    sweep();
    assertThat(honest.getLast().link().eventsOf(Event.Said.class)).hasSize(id - 1);
  }

  @Test
  void allTogetherWriteNoMoreThanTheRoomMayAndTheQuietAreHeardAllTheSame() {
    for (int i = 0; i < 40; i++) {
      Guest writer = honest.get(i);
      writer.request(new Request.Say(LONG_TEXT, 1));
      writer.request(new Request.Say("and more", 2));
    }
    Guest quiet = honest.getLast();
    sweep();

    int most = RoomLimits.defaults().texts().room().burst();
    int bytes =
        quiet.link().eventsOf(Event.Said.class).stream()
            .mapToInt(said -> said.bytes() + TextLimits.OVERHEAD)
            .sum();
    assertThat(bytes).isBetween(most / 2, most);
    assertThat(rooms.limited().limited(Limit.ROOM_TEXT)).isPositive();
  }

  @Test
  void aFewWhoWriteAllTheTimeLeaveRoomForWhoSeldomDoes() {
    List<Guest> loud = honest.subList(0, 30);
    for (int second = 0; second < 60; second++) {
      for (Guest each : loud) {
        each.request(new Request.Say("x".repeat(460), 100 + second));
      }
      for (int i = 0; i < 4; i++) {
        sweep();
      }
      pingAll();
    }
    Guest quiet = honest.getLast();
    quiet.request(new Request.Say("may I?", 1));
    sweep();
    assertThat(refusals(quiet)).isEmpty();
    assertThat(loud.getFirst().link().eventsOf(Event.Said.class))
        .extracting(said -> said.text().value())
        .contains("may I?");
    assertThat(rooms.limited().limited(Limit.ROOM_TEXT)).isPositive();
  }

  private void pingAll() {
    seven.forEach(each -> each.request(new Request.Ping(0)));
    honest.forEach(each -> each.request(new Request.Ping(0)));
  }

  @Test
  void aThousandWhoClapAtOnceAreSeen() {
    for (int round = 0; round < 20; round++) {
      honest.forEach(each -> each.request(new Request.React(Reaction.HEART)));
    }
    sweep();
    assertThat(seven.getFirst().link().eventsOf(Event.Reacted.class)).hasSizeGreaterThan(1_000);
    assertThat(rooms.limited().limited(Limit.TEXT)).isZero();
  }

  @Test
  void namesChangeSeldomAndOthersAreToldTheLastOnly() {
    for (Guest each : seven) {
      for (int i = 0; i < 30; i++) {
        each.request(new Request.Rename("n".repeat(60) + i));
      }
    }
    Guest listener = honest.getFirst();
    int before = listener.link().messages;
    sweep();

    assertThat(listener.link().eventsOf(Event.Updated.class))
        .hasSize(7)
        .allSatisfy(
            told -> assertThat(told.participant().name().value()).isEqualTo("n".repeat(60) + 4));
    assertThat(listener.link().messages - before).isLessThanOrEqualTo(2);
    assertThat(refusals(seven.getFirst())).hasSize(25);
    assertThat(rooms.limited().limited(Limit.NAMES)).isEqualTo(7 * 25);

    now.advance(Duration.ofMillis(refusals(seven.getFirst()).getLast().retryAfterMillis()));
    seven.getFirst().request(new Request.Rename("Seven"));
    assertThat(seven.getFirst().participant().name().value()).isEqualTo("Seven");
  }

  @Test
  void ofWhatChangesBackAndForthOthersAreToldTheEndInItsPlace() {
    Guest changing = seven.getFirst();
    Guest listener = honest.getFirst();
    for (int i = 0; i < 15; i++) {
      changing.request(new Request.SetMuted(true));
      changing.request(new Request.SetMuted(false));
    }
    changing.request(new Request.SetMuted(true));
    Guest newcomer = Guest.join(rooms, "demo", "newcomer");
    changing.request(new Request.SetDeafened(true));
    newcomer.request(new Request.SetMuted(true));
    newcomer.connection().close(CloseReason.LEFT);
    sweep();

    List<Event> told =
        listener.link().events.stream()
            .filter(event -> !(event instanceof Event.Welcome))
            .filter(event -> about(event, changing) || about(event, newcomer))
            .filter(
                event ->
                    !(event instanceof Event.Joined(Participant who, boolean _)
                        && who.number() == changing.number()))
            .toList();
    assertThat(told)
        .containsExactly(
            new Event.Joined(newcomer.welcome().you(), false),
            new Event.Updated(changing.participant()),
            new Event.Left(newcomer.number(), CloseReason.LEFT));
    assertThat(newcomer.link().eventsOf(Event.Updated.class)).isEmpty();
  }

  @Test
  void whoCameBetweenTwoChangesLearnsTheLater() {
    Guest changing = seven.getFirst();
    changing.request(new Request.SetMuted(true));
    Guest newcomer = Guest.join(rooms, "demo", "newcomer");
    changing.request(new Request.SetMuted(false));
    sweep();
    assertThat(newcomer.link().eventsOf(Event.Updated.class))
        .containsExactly(new Event.Updated(changing.participant()));
  }

  private static boolean about(Event event, Guest guest) {
    return switch (event) {
      case Event.Joined(Participant who, boolean _) -> who.number() == guest.number();
      case Event.Updated(Participant who) -> who.number() == guest.number();
      case Event.Left(int number, CloseReason _) -> number == guest.number();
      default -> false;
    };
  }
}
