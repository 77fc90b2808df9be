package confab.webtransport;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.bus.LocalBus;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Request;
import confab.protocol.address.Hosts;
import confab.protocol.webtransport.Capsule;
import confab.room.RoomLimits;
import confab.room.Rooms;
import confab.webtransport.kwik.RawParticipant;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@Execution(ExecutionMode.CONCURRENT)
@EnumSource(QuicEngine.class)
class WebTransportServerTest extends ServerFixture {
  WebTransportServerTest(QuicEngine engine) {
    super(engine);
  }

  @Test
  void twoParticipantsSeeAndHearEachOther() throws Exception {
    try (var alice = RawParticipant.join(edge, "demo", "alice");
        var bob = RawParticipant.join(edge, "demo", "bob")) {
      await().until(() -> !alice.eventsOf(Event.Joined.class).isEmpty());
      await().until(() -> !bob.eventsOf(Event.Welcome.class).isEmpty());
      Event.Welcome welcome = bob.eventsOf(Event.Welcome.class).getFirst();
      assertThat(welcome.participants()).extracting(p -> p.user().value()).contains("alice", "bob");
      int aliceNumber = alice.eventsOf(Event.Welcome.class).getFirst().you().number();

      alice.sendBundle(new Frame(false, 30, 999, 7, 960, OPUS).toBundle());

      await().until(() -> !bob.bundles.isEmpty());
      Frame heard = Frame.parseBundle(bob.bundles.getFirst()).getFirst();
      assertThat(heard.participant()).isEqualTo(aliceNumber);
      assertThat(heard.sequence()).isEqualTo(7);
      assertThat(heard.payload()).isEqualTo(OPUS);
      assertThat(alice.bundles).isEmpty();
    }
  }

  @Test
  void bundlesArriveInTheOrderInWhichTheyWereSent() throws Exception {
    try (var alice = RawParticipant.join(edge, "demo", "alice");
        var bob = RawParticipant.join(edge, "demo", "bob")) {
      await().until(() -> !bob.eventsOf(Event.Welcome.class).isEmpty());
      for (int i = 0; i < 20; i++) {
        int sequence = i;
        alice.sendBundle(new Frame(false, 30, 0, sequence, 0, OPUS).toBundle());
        await().until(() -> bob.framesHeard() > sequence);
      }
      // A busy Kwik sends a datagram again that it takes for lost: the first of each counts.
      assertThat(
              bob.bundles.stream()
                  .map(bundle -> Frame.parseBundle(bundle).getFirst().sequence())
                  .distinct())
          .isSorted();
    }
  }

  @Test
  void admissionIsDecidedBeforeThe200() throws Exception {
    try (var raw = RawParticipant.dial(edge)) {
      assertThat(raw.request(edge, "/other?room=demo&user=a", null)).isEqualTo(404);
      assertThat(raw.request(edge, "/wt?room=Bad_Room&user=a", null)).isEqualTo(400);
      assertThat(raw.request(edge, "/wt?room=demo", null)).isEqualTo(400);
      assertThat(raw.request(edge, "/wt", null)).isEqualTo(400);
      assertThat(raw.request(edge, "/wt?room=demo&user=a", "https://evil.example")).isEqualTo(403);
      assertThat(raw.request(edge, "/wt?room=demo&user=a", "http://localhost:8080")).isEqualTo(200);
    }
    assertThat(server.stats().requestsRefused()).isEqualTo(5);
  }

  @Test
  void whoAsksForAHostThatIsNotTheEdgesIsMisdirected() throws Exception {
    RoomLimits limits =
        RoomLimits.defaults().with(it -> it.hosts = Hosts.parse(List.of("meet.example.org")));
    try (var strict = new Rooms("strict", LocalBus.alone(), limits);
        var strictServer = WebTransportServer.start(config(engine), strict, certificates);
        var raw = RawParticipant.dial(strictServer.address())) {
      String query = "/wt?room=demo&user=a";
      assertThat(raw.requestOf("evil.example", query)).isEqualTo(421);
      assertThat(raw.requestOf("meet.example.org:4433", query)).isEqualTo(200);
    }
  }

  @Test
  void leavingIsAnsweredByACloseCapsuleAndFreesTheParticipant() throws Exception {
    try (var alice = RawParticipant.join(edge, "demo", "alice");
        var bob = RawParticipant.join(edge, "demo", "bob")) {
      await().until(() -> participants("demo") == 2);

      alice.send(new Request.Leave());

      await().until(() -> alice.closed != null);
      assertThat(alice.closed).isEqualTo(new Capsule.CloseSession(0, "left"));
      await().until(() -> alice.gone);
      await().until(() -> !bob.eventsOf(Event.Left.class).isEmpty());
      assertThat(participants("demo")).isEqualTo(1);
    }
  }

  @Test
  void aCloseCapsuleFromTheParticipantEndsTheSession() throws Exception {
    try (var alice = RawParticipant.join(edge, "demo", "alice")) {
      await().until(() -> participants("demo") == 1);

      alice.connect().getOutputStream().write(new byte[] {0x1f, 1, 7}); // greased, skipped
      alice.connect().getOutputStream().write(Capsule.close(CloseReason.LEFT));

      await().until(() -> participants("demo") == 0);
    }
  }

  @Test
  void aVanishedParticipantIsAwayWithinTenSeconds() throws Exception {
    try (var alice = RawParticipant.join(edge, "demo", "alice");
        var bob = RawParticipant.join(edge, "demo", "bob")) {
      await().until(() -> participants("demo") == 2);
      alice.cut();
      var tenths = new AtomicInteger();
      await()
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                tenths.incrementAndGet();
                bob.send(new Request.Ping(0));
                return bob.eventsOf(Event.Updated.class).stream()
                    .anyMatch(updated -> updated.participant().away());
              });
      assertThat(tenths).hasValueLessThanOrEqualTo(100);
      assertThat(rooms.connectionCount()).isEqualTo(1);
    }
  }

  @Test
  void whenRoomsCloseEverybodyLearnsThatTheEdgeEnds() throws Exception {
    try (var alice = RawParticipant.join(edge, "demo", "alice")) {
      await().until(() -> participants("demo") == 1);
      rooms.close();
      assertClosed(alice, CloseReason.SHUTDOWN);
    }
  }

  @Test
  void warmingUpLeavesNothingBehind() {
    server.warmUp();
    assertThat(server.stats().requestsRefused()).isEqualTo(3);
    await().until(() -> server.stats().openConnections() == 0);
    assertThat(rooms.roomCount()).isZero();
  }
}
