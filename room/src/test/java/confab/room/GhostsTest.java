package confab.room;

import static org.assertj.core.api.Assertions.assertThat;

import confab.bus.LocalBus;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.RoomId;
import confab.room.limits.Limit;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// People who are away: how many an address and a user leave behind, and who is kept.
class GhostsTest {
  private static final InetAddress HOST = InetAddress.ofLiteral("192.0.2.1");
  private static final RoomId DEMO = new RoomId("demo");

  private final TestClock now = new TestClock();
  private final Rooms rooms =
      new Rooms(EdgeIdentity.named("edge"), LocalBus.alone(), RoomLimits.defaults(), now, now);

  @AfterEach
  void close() {
    rooms.close();
  }

  private List<Guest> join(int count, InetAddress address, boolean speak) {
    List<Guest> guests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      guests.add(Guest.joinFrom(address, rooms, "demo", "user" + i));
      if (speak) {
        guests.getLast().speak(1);
      }
    }
    return guests;
  }

  private int inDemo() {
    rooms.sweep();
    return rooms.participants(DEMO).orElse(0);
  }

  @Test
  void anAddressLeavesFewBehindAndTheLatestOfThem() {
    Guest other = Guest.join(rooms, "demo", "other");
    List<Guest> many = join(100, HOST, true);
    many.forEach(Guest::drop);

    assertThat(inDemo()).isEqualTo(1 + 20);
    assertThat(rooms.limited().limited(Limit.AWAY)).isEqualTo(80);
    // Whoever does come back is the same, told of as gone or not.
    assertThat(many.getFirst().resume(rooms, 2).number()).isEqualTo(many.getFirst().number());
    assertThat(many.getLast().resume(rooms, 2).number()).isEqualTo(many.getLast().number());
    assertThat(other.link().closed).isNull();
  }

  @Test
  void whoComesBackMakesRoomForAnother() {
    List<Guest> guests = join(20, HOST, true);
    for (int round = 2; round < 10; round++) {
      guests.forEach(Guest::drop);
      List<Guest> back = new ArrayList<>();
      for (Guest each : guests) {
        back.add(each.resumeFrom(HOST, rooms, round));
        assertThat(back.getLast().welcome().resumed()).isTrue();
        back.getLast().speak(1);
      }
      guests = back;
    }
    assertThat(rooms.limited().limited(Limit.AWAY)).isZero();
  }

  @Test
  void ofThoseWhoNeverSpokeFewAreKept() {
    join(100, HOST, false).forEach(Guest::drop);
    assertThat(inDemo()).isEqualTo(5);
    Guest speaker = Guest.joinFrom(HOST, rooms, "demo", "speaker");
    speaker.speak(1);
    speaker.drop();
    assertThat(inDemo()).isEqualTo(6);
    now.advance(Duration.ofSeconds(21));
    assertThat(inDemo()).isZero();
    join(5, HOST, false).forEach(Guest::drop);
    assertThat(inDemo()).isEqualTo(5);
  }

  @Test
  void aUserLeavesFiveBehindInARoomFromWhateverAddress() {
    for (int i = 1; i <= 30; i++) {
      Guest.joinFrom(InetAddress.ofLiteral("192.0.2." + i), rooms, "demo", "one").drop();
      Guest.joinFrom(InetAddress.ofLiteral("192.0.2." + i), rooms, "other", "one").drop();
    }
    assertThat(inDemo()).isEqualTo(5);
    assertThat(rooms.participants(new RoomId("other"))).hasValue(5);
  }

  @Test
  void anEdgeThatEndsKeepsEverybodyForTheOthers() {
    Guest watcher = Guest.join(rooms, "demo", "watcher");
    List<Guest> many = join(100, HOST, false);
    many.forEach(each -> each.connection().close(CloseReason.SHUTDOWN));
    assertThat(inDemo()).isEqualTo(101);
    assertThat(watcher.link().eventsOf(Event.Left.class)).isEmpty();
  }
}
