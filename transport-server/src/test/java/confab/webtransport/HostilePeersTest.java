package confab.webtransport;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import confab.bus.LocalBus;
import confab.frames.DropReason;
import confab.frames.Rate;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Request;
import confab.protocol.RoomId;
import confab.protocol.webtransport.Capsule;
import confab.protocol.webtransport.ControlStream;
import confab.protocol.webtransport.Varint;
import confab.rig.Patience;
import confab.rig.hostile.FirstPacket;
import confab.room.RoomLimits;
import confab.room.Rooms;
import confab.room.Transport;
import confab.webtransport.kwik.RawParticipant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tech.kwik.flupke.HttpStream;

/// What peers send that no good participant would, and what it costs the others: nothing.
@ParameterizedClass
@Execution(ExecutionMode.CONCURRENT)
@EnumSource(QuicEngine.class)
class HostilePeersTest extends ServerFixture {
  HostilePeersTest(QuicEngine engine) {
    super(engine);
  }

  @Test
  void garbageDatagramsAreCountedAndHarmNobody() throws Exception {
    try (var alice = RawParticipant.join(edge, "demo", "alice");
        var bob = RawParticipant.join(edge, "demo", "bob")) {
      await().until(() -> participants("demo") == 2);
      var random = new Random(7);
      for (int i = 0; i < 40; i++) {
        byte[] garbage = new byte[random.nextInt(1, 200)];
        random.nextBytes(garbage);
        garbage[0] &= 0x3f; // never our version
        alice.sendBundle(garbage);
        alice.sendDatagram(1000 + i, garbage);
      }
      alice.sendDatagram(alice.sessionId() / 4, new byte[0]);

      await()
          .until(
              () ->
                  rooms.counters(Transport.WEBTRANSPORT).drops(DropReason.MALFORMED) >= 40
                      && server.stats().datagramsUnknown() >= 40);
      assertThat(bob.bundles).isEmpty();
      assertThat(participants("demo")).isEqualTo(2);
    }
  }

  @Test
  void anOversizedControlMessageClosesOnlyItsSession() throws Exception {
    try (var alice = RawParticipant.join(edge, "demo", "alice");
        var bob = RawParticipant.join(edge, "demo", "bob")) {
      await().until(() -> participants("demo") == 2);
      alice.sendControl(ControlStream.frame(new byte[Request.MAX_BYTES + 1]));
      assertClosed(alice, CloseReason.PROTOCOL_VIOLATION);
      assertThat(participants("demo")).isEqualTo(1);
      assertThat(bob.closed).isNull();
    }
  }

  @Test
  void aMalformedControlMessageClosesItsSession() throws Exception {
    try (var alice = RawParticipant.join(edge, "demo", "alice")) {
      alice.sendControl(ControlStream.frame(new byte[] {(byte) 0xff, (byte) 0xff, 3}));
      assertClosed(alice, CloseReason.PROTOCOL_VIOLATION);
    }
  }

  @Test
  void aSecondStreamClosesTheSession() throws Exception {
    try (var alice = RawParticipant.join(edge, "demo", "alice")) {
      await().until(() -> participants("demo") == 1);
      alice.openStream();
      assertClosed(alice, CloseReason.PROTOCOL_VIOLATION);
    }
  }

  @Test
  void aUnidirectionalStreamClosesTheSession() throws Exception {
    try (var alice = RawParticipant.join(edge, "demo", "alice")) {
      await().until(() -> participants("demo") == 1);
      alice.openUnidirectionalStream(alice.sessionId());
      assertClosed(alice, CloseReason.PROTOCOL_VIOLATION);
    }
  }

  @Test
  void streamsOfSessionsThatAreNotKnownAreRefusedAndHarmNobody() throws Exception {
    try (var alice = RawParticipant.dial(edge)) {
      assertRefused(alice.openStream(0));
      alice.openUnidirectionalStream(0);
      assertThat(alice.request(edge, "/wt?room=demo&user=alice", null)).isEqualTo(200);
      alice.openControl();
      alice.send(new Request.Enter());
      await().until(() -> participants("demo") == 1);
      assertRefused(alice.openStream(4000));
      alice.openUnidirectionalStream(4000);
      alice.send(new Request.Ping(7));
      await().until(() -> !alice.eventsOf(Event.Pong.class).isEmpty());
      assertThat(alice.closed).isNull();
    }
  }

  private static void assertRefused(HttpStream stream) {
    assertThatThrownBy(() -> stream.getInputStream().read()).isInstanceOf(IOException.class);
  }

  /// A packet that begins a connection in a version of QUIC that is not spoken here.
  private static DatagramPacket first(int version, int length, byte id, InetSocketAddress to) {
    var packet = ByteBuffer.allocate(length).put((byte) 0xd0).putInt(version);
    packet.put((byte) 8).put(new byte[] {id, id, id, id, id, id, id, id}).put((byte) 1).put(id);
    return new DatagramPacket(packet.array(), length, to);
  }

  @Test
  void whoSpeaksAnotherVersionOfQuicIsToldWhichIsSpokenHere() throws Exception {
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout(Patience.seconds() * 1000);
      int second = 0x6b3343cf; // RFC 9369
      socket.send(first(second, 1199, (byte) 1, edge));
      byte id = 2;
      for (int version : new int[] {second, 0xff00001d, 0x1a2a3a4a}) {
        socket.send(first(version, 1200, id, edge));
        var answer = new DatagramPacket(new byte[1500], 1500);
        socket.receive(answer);
        var said = ByteBuffer.wrap(answer.getData(), 0, answer.getLength());
        assertThat(said.get() & 0x80).isNotZero();
        assertThat(said.getInt()).isZero();
        assertThat(new byte[] {said.get(), said.get()}).containsExactly(1, id);
        assertThat(said.get()).isEqualTo((byte) 8);
        assertThat(said.getLong() & 0xff).isEqualTo(id);
        assertThat(said.getInt()).isEqualTo(1);
        id++;
      }
    }
  }

  @Test
  void aSessionWithoutControlStreamIsClosed() throws Exception {
    try (var alice = RawParticipant.dial(edge)) {
      assertThat(alice.request(edge, "/wt?room=demo&user=alice", null)).isEqualTo(200);
      assertClosed(alice, CloseReason.PROTOCOL_VIOLATION);
    }
  }

  @Test
  void anEndlessCloseClosesTheSession() throws Exception {
    try (var alice = RawParticipant.join(edge, "demo", "alice")) {
      await().until(() -> participants("demo") == 1);
      // One that claims a gigabyte.
      alice.connect().getOutputStream().write(new byte[] {0x68, 0x43, (byte) 0xbf, -1, -1, -1, 0});
      assertClosed(alice, CloseReason.PROTOCOL_VIOLATION);
    }
  }

  @Test
  void capsulesThatNobodyKnowsAreSkippedHoweverLongTheyAre() throws Exception {
    try (var bob = RawParticipant.join(edge, "demo", "bob");
        var alice = RawParticipant.join(edge, "demo", "alice")) {
      await().until(() -> participants("demo") == 2);
      OutputStream capsules = alice.connect().getOutputStream();
      for (int length : new int[] {0, 1, 1029, 20_000}) {
        var capsule = new ByteArrayOutputStream();
        capsule.writeBytes(Varint.toBytes(0x1f));
        capsule.writeBytes(Varint.toBytes(length));
        capsule.writeBytes(new byte[length]);
        capsules.write(capsule.toByteArray());
      }
      capsules.write(Capsule.close(CloseReason.LEFT));
      // First here, so that a failure says whether the edge has missed it or the witness.
      await("the capsules have arrived").until(() -> participants("demo") == 1);
      assertLeft(bob, CloseReason.LEFT);
    }
  }

  /// Nobody is told that somebody was removed who was not.
  @Test
  void whoClosesWithWhatOnlyAnEdgeMaySayIsAway() throws Exception {
    try (var bob = RawParticipant.join(edge, "demo", "bob");
        var alice = RawParticipant.join(edge, "demo", "alice")) {
      await().until(() -> participants("demo") == 2);
      alice.connect().getOutputStream().write(Capsule.close(CloseReason.KICKED));
      await()
          .until(
              () ->
                  bob.eventsOf(Event.Updated.class).stream()
                      .anyMatch(updated -> updated.participant().away()));
      assertThat(bob.eventsOf(Event.Left.class)).isEmpty();
    }
  }

  @Test
  void framesThatNobodyKnowsAreSkippedHoweverLongTheyAre() throws Exception {
    try (var alice = RawParticipant.dial(edge)) {
      for (int length : new int[] {0, 1025, 20_000}) {
        alice.sendUnknownFrame(length);
      }
      assertThat(alice.request(edge, "/wt?room=demo&user=alice", null)).isEqualTo(200);
    }
  }

  /// As some libraries do.
  @Test
  void whoEndsTheControlStreamJustBeforeTheSessionHasLeft() throws Exception {
    try (var bob = RawParticipant.join(edge, "demo", "bob")) {
      for (boolean reset : new boolean[] {false, true}) {
        try (var alice = RawParticipant.join(edge, "demo", "alice")) {
          await().until(() -> participants("demo") == 2);
          alice.endControl(reset);
          alice.connect().getOutputStream().write(Capsule.close(CloseReason.LEFT));
          assertLeft(bob, CloseReason.LEFT);
          bob.events.clear();
        }
      }
    }
  }

  /// Somebody else in the room of `witness` did.
  private static void assertLeft(RawParticipant witness, CloseReason reason) {
    await("somebody has left")
        .until(() -> witness.events.stream().anyMatch(Event.Left.class::isInstance));
    assertThat(witness.events)
        .filteredOn(Event.Left.class::isInstance)
        .extracting(event -> ((Event.Left) event).reason())
        .containsExactly(reason);
  }

  @Test
  void aFloodOfHalfOpenHandshakesIsBoundedAndDisturbsNoCall() throws Exception {
    try (var alice = RawParticipant.join(edge, "demo", "alice");
        var bob = RawParticipant.join(edge, "demo", "bob")) {
      await().until(() -> participants("demo") == 2);
      byte[] initial = FirstPacket.of(11);
      var rounds = new AtomicInteger();
      await()
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                if (rounds.incrementAndGet() % 50 == 0) {
                  alice.send(new Request.Ping(0));
                  bob.send(new Request.Ping(0));
                }
                try (var attacker = new DatagramSocket()) {
                  attacker.send(new DatagramPacket(initial, initial.length, edge));
                }
                WebTransportStats stats = server.stats();
                return stats.handshakesRefused() + stats.handshakesAsked() >= 20;
              });

      assertThat(server.stats().openConnections()).isEqualTo(2);
      alice.sendBundle(new Frame(false, 30, 0, 7, 0, OPUS).toBundle());
      await().until(() -> !bob.bundles.isEmpty());
    }
  }

  @Test
  void whoWantsThousandsOfStreamsGetsAHandful() throws Exception {
    try (var alice = RawParticipant.join(edge, "demo", "alice");
        var greedy = RawParticipant.dial(edge)) {
      var opened = new AtomicInteger();
      Thread.startVirtualThread(
          () -> {
            try {
              while (opened.get() < 2000) {
                greedy.quic.createStream(true).getOutputStream().write(1);
                opened.incrementAndGet();
              }
            } catch (IOException e) {
              // Closed by the edge or by the end of the test.
            }
          });
      await().until(() -> opened.get() > 0);
      alice.send(new Request.WhoAmI());
      await().until(() -> !alice.eventsOf(Event.You.class).isEmpty());
      // It asks for nothing in time, so its connection goes.
      await().until(() -> server.stats().openConnections() <= 1);
      assertThat(opened.get()).isLessThan(20);
    }
  }

  @Test
  void whoNeverReadsIsClosedAsASlowConsumer() throws Exception {
    var busy =
        new Rooms(
            "busy",
            LocalBus.alone(),
            RoomLimits.defaults()
                .with(
                    it -> {
                      it.maxSessions = 10;
                      it.maxRooms = 10;
                      it.maxParticipants = 10;
                      it.resumeWindow = Duration.ofSeconds(1);
                      it.requests = new Rate(1e6, 1_000_000);
                      it.renames = new Rate(1e6, 1_000_000);
                    }));
    try (busy;
        var busyServer = WebTransportServer.start(config(engine), busy, certificates);
        var bob = RawParticipant.join(busyServer.address(), "demo", "bob");
        var deaf = RawParticipant.dial(busyServer.address())) {
      deaf.request(busyServer.address(), "/wt?room=demo&user=deaf", null);
      deaf.openControlUnread();
      deaf.send(new Request.Enter());
      await().until(() -> busy.participants(new RoomId("demo")).orElse(0) == 2);

      // Bob keeps up with every batch of events; what nobody reads fills the stream and the queue.
      String name = "n".repeat(60);
      for (int sent = 0; bob.eventsOf(Event.Left.class).isEmpty(); sent += 100) {
        for (int i = 0; i < 100; i++) {
          bob.send(new Request.Rename(name + i));
        }
        ping(deaf);
        int all = sent + 100;
        await()
            .pollInterval(Duration.ofMillis(2))
            .until(() -> bob.eventsOf(Event.Updated.class).size() >= all);
      }

      assertThat(bob.eventsOf(Event.Left.class).getFirst().reason())
          .isEqualTo(CloseReason.SLOW_CONSUMER);
      assertThat(bob.closed).isNull();
    }
  }

  /// It is there, it only does not read.
  private static void ping(RawParticipant deaf) {
    try {
      deaf.send(new Request.Ping(0));
    } catch (IOException e) {
      // Closed, as it should be.
    }
  }

  @Test
  void aSecondSessionOnTheSameConnectionIsRefused() throws Exception {
    try (var alice = RawParticipant.join(edge, "demo", "alice")) {
      assertThat(alice.request(edge, "/wt?room=demo&user=again", null)).isEqualTo(429);
      assertThat(alice.request(edge, "/wt?room=demo&user=again", null)).isEqualTo(429);
    }
  }
}
