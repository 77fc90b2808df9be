package confab.websocket;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.frames.Forwarding;
import confab.frames.Rate;
import confab.protocol.Event;
import confab.protocol.Participant;
import confab.protocol.Request;
import confab.room.RoomLimits;
import confab.room.limits.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A large room over real sockets, in which a few write and rename as much as they can.
class CrowdTest {
  private static final String LONG_TEXT = "🙂".repeat(1000);

  private final TestServer server =
      new TestServer(
          RoomLimits.defaults()
              .with(
                  it -> {
                    it.connects = new Rate(1e6, 1_000_000);
                    it.idleTimeout = Duration.ofMinutes(1);
                  }));
  private final List<TestParticipant> everybody = new ArrayList<>();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sevenWhoWriteWhatTheyCanThrowNobodyOut() {
    for (int i = 0; i < Forwarding.CROWD + 8; i++) {
      everybody.add(TestParticipant.join(server, "demo", "guest" + i));
    }
    List<TestParticipant> seven = everybody.subList(0, 7);
    TestParticipant last = everybody.getLast();
    for (int i = 1; i <= 40; i++) {
      for (TestParticipant each : seven) {
        each.send(new Request.Say(LONG_TEXT, i));
      }
    }
    for (TestParticipant each : seven) {
      for (int i = 0; i < 100; i++) {
        each.send(new Request.Rename("n".repeat(60) + i));
      }
    }
    last.send(new Request.SetMuted(true));

    for (TestParticipant each : everybody) {
      each.event(Event.Updated.class, told -> isMuted(told, last.number()));
      assertThat(each.closed).isNotDone();
    }
    await().until(() -> server.rooms.limited().limited(Limit.TEXT) > 0);
    assertThat(server.rooms.connectionCount()).isEqualTo(everybody.size());
    assertThat(server.rooms.limited().limited(Limit.UNREAD)).isZero();
  }

  private static boolean isMuted(Event.Updated told, int number) {
    Participant who = told.participant();
    return who.number() == number && who.muted();
  }
}
