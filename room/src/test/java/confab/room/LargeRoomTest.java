package confab.room;

import static org.assertj.core.api.Assertions.assertThat;

import confab.bus.LocalBus;
import confab.frames.Forwarding;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Participant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How a crowd learns of who comes and goes: in few messages, each change once.
class LargeRoomTest {
  private static final int CROWD = 300;

  private final TestClock now = new TestClock();
  private final Rooms rooms =
      new Rooms(EdgeIdentity.named("edge"), LocalBus.alone(), RoomLimits.defaults(), now, now);
  private final List<Guest> guests = new ArrayList<>();

  @AfterEach
  void close() {
    rooms.close();
  }

  private void come(int from, int to) {
    for (int i = from; i < to; i++) {
      guests.add(Guest.join(rooms, "demo", "guest" + i));
    }
  }

  /// What a participant knows, having been told of each change exactly once.
  private static Set<Participant> told(Guest guest) {
    Set<Participant> known = new LinkedHashSet<>(guest.welcome().participants());
    for (Event event : guest.link().events) {
      switch (event) {
        case Event.Joined(Participant who, boolean _) -> assertThat(known.add(who)).isTrue();
        case Event.Left(int number, CloseReason _) ->
            assertThat(known.removeIf(each -> each.number() == number)).isTrue();
        default -> {}
      }
    }
    return known;
  }

  @Test
  void whoComesWithACrowdIsToldOfTogether() {
    come(0, CROWD);
    Guest first = guests.getFirst();
    rooms.sweep();

    assertThat(told(first)).hasSize(CROWD);
    assertThat(first.link().messages)
        .as("one message for each of the first, then a packet for some twenty")
        .isBetween(Forwarding.CROWD, Forwarding.CROWD + CROWD / 10);
  }

  @Test
  void whoComesInBetweenIsToldNothingTwice() {
    come(0, 100);
    guests.get(10).connection().close(CloseReason.LEFT);
    come(100, 110);
    guests.get(105).connection().close(CloseReason.LEFT);
    rooms.sweep();
    come(110, 112);
    rooms.sweep();

    guests.remove(105);
    guests.remove(10);
    assertThat(guests.stream().map(LargeRoomTest::told).distinct()).hasSize(1);
    assertThat(told(guests.getLast())).hasSize(110);
  }

  @Test
  void inASmallRoomNobodyWaits() {
    come(0, Forwarding.CROWD);

    assertThat(told(guests.getFirst())).hasSize(Forwarding.CROWD);
  }
}
