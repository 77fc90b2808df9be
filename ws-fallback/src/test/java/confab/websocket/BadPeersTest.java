package confab.websocket;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.frames.DropReason;
import confab.frames.MediaLimits;
import confab.frames.Rate;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Participant;
import confab.protocol.Request;
import confab.room.RoomLimits;
import confab.room.Transport;
import confab.websocket.TestParticipant.Closed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever does not keep to the protocol loses their own session or frames; alice and bob, who talk
/// in the same room, notice nothing.
class BadPeersTest {
  private static final int BINARY = 0x82;
  private static final int BINARY_BEGIN = 0x02;
  private static final int CONTINUATION = 0x00;
  private static final int PING = 0x89;
  private static final int CLOSE = 0x88;

  private TestServer server;
  private TestParticipant alice;
  private TestParticipant bob;

  /// Limits that are no matter here are wide.
  @BeforeEach
  void start() {
    var wide = new Rate(1e6, 1_000_000_000);
    server =
        new TestServer(
            RoomLimits.defaults()
                .with(
                    it -> {
                      it.idleTimeout = Duration.ofSeconds(20);
                      it.media = new MediaLimits(wide, wide);
                      it.requests = wide;
                      it.renames = wide;
                      it.connects = wide;
                      it.roomCreations = wide;
                    }));
    alice = TestParticipant.join(server, "demo", "alice");
    bob = TestParticipant.join(server, "demo", "bob");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void aliceAndBobStillTalk() {
    int heard = bob.frames.size();
    alice.speak(99);
    await().until(() -> bob.frames.size() > heard);
    assertThat(bob.frames).extracting(Frame::participant).contains(alice.number());
    assertThat(alice.isOpen()).isTrue();
    assertThat(bob.isOpen()).isTrue();
  }

  private void othersLearn(TestParticipant mallory, CloseReason reason) {
    var left = bob.event(Event.Left.class, l -> l.number() == mallory.number());
    assertThat(left.reason()).isEqualTo(reason);
    aliceAndBobStillTalk();
  }

  @Test
  void textClosesWithProtocolViolation() {
    var mallory = TestParticipant.join(server, "demo", "mallory");
    mallory.sendText("hello");
    assertThat(mallory.closed()).isEqualTo(new Closed(4001, "protocol_violation"));
    othersLearn(mallory, CloseReason.PROTOCOL_VIOLATION);
  }

  @Test
  void aRequestThatCannotBeReadClosesWithProtocolViolation() {
    var mallory = TestParticipant.join(server, "demo", "mallory");
    mallory.sendRaw(ByteBuffer.wrap(new byte[] {0, (byte) 0xff, (byte) 0xff, (byte) 0xff}));
    assertThat(mallory.closed()).isEqualTo(new Closed(4001, "protocol_violation"));
    othersLearn(mallory, CloseReason.PROTOCOL_VIOLATION);
  }

  @Test
  void aMessageThatIsTooLongClosesWithProtocolViolation() {
    var mallory = TestParticipant.join(server, "demo", "mallory");
    mallory.sendRaw(ByteBuffer.allocate(MessageListener.MAX_MESSAGE + 1));
    assertThat(mallory.closed()).isEqualTo(new Closed(4001, "protocol_violation"));
    othersLearn(mallory, CloseReason.PROTOCOL_VIOLATION);
  }

  @Test
  void aHugeMessageClosesBeforeItHasArrived() {
    var mallory = TestParticipant.join(server, "demo", "mallory");
    try {
      mallory.sendRaw(ByteBuffer.allocate(10_000_000));
    } catch (java.util.concurrent.CompletionException e) {
      // The edge closed while the rest was being sent.
    }
    othersLearn(mallory, CloseReason.PROTOCOL_VIOLATION);
  }

  @Test
  void theLongestRequestIsRead() {
    var carol = TestParticipant.join(server, "demo", "carol");
    // An unknown field of the length that fills a request.
    byte[] message = new byte[MessageListener.MAX_MESSAGE];
    int rest = Request.MAX_BYTES - 4;
    ByteBuffer.wrap(message)
        .put((byte) 0)
        .put((byte) 0xfa)
        .put((byte) 0x01)
        .put((byte) (rest & 0x7f | 0x80))
        .put((byte) (rest >>> 7));
    carol.sendRaw(ByteBuffer.wrap(message));
    carol.send(new Request.Ping(7));
    assertThat(carol.event(Event.Pong.class).time()).isEqualTo(7);
  }

  @Test
  void garbageMediaIsDroppedAndCounted() {
    var mallory = TestParticipant.join(server, "demo", "mallory");
    var random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] garbage = new byte[1 + random.nextInt(2000)];
      random.nextBytes(garbage);
      garbage[0] |= (byte) 0x80;
      mallory.sendRaw(ByteBuffer.wrap(garbage));
    }
    mallory.sendRaw(ByteBuffer.allocate(0));
    mallory.send(new Request.Ping(1));
    mallory.event(Event.Pong.class);

    var counters = server.rooms.counters(Transport.WEBSOCKET);
    assertThat(counters.drops(DropReason.MALFORMED) + counters.drops(DropReason.OVERSIZED))
        .isEqualTo(200);
    assertThat(mallory.isOpen()).isTrue();
    aliceAndBobStillTalk();
  }

  @Test
  void messagesInPiecesAreReadWhole() throws Exception {
    try (var carol = new RawSocket(server.port())) {
      carol.enter("/ws?room=demo&user=carol");
      byte[] bundle = new Frame(false, 0, 0, 5, 0, new byte[] {9, 8, 7}).toBundle();
      carol.frame(BINARY_BEGIN, java.util.Arrays.copyOf(bundle, 5));
      carol.frame(PING, new byte[] {1});
      carol.frame(CONTINUATION, java.util.Arrays.copyOfRange(bundle, 5, 17));
      carol.frame(0x80, java.util.Arrays.copyOfRange(bundle, 17, bundle.length));
      await().until(() -> !bob.frames.isEmpty());
      assertThat(bob.frames.getFirst().payload()).containsExactly(9, 8, 7);
    }
  }

  @Test
  void endlessPiecesOfOneMessageCloseWithProtocolViolation() throws Exception {
    try (var mallory = new RawSocket(server.port())) {
      mallory.enter("/ws?room=demo&user=mallory");
      mallory.frame(BINARY_BEGIN, new byte[1000]);
      for (int i = 0; i < 5; i++) {
        mallory.frame(CONTINUATION, new byte[1000]);
      }
      assertThat(mallory.readCloseCode()).isEqualTo(4001);
      aliceAndBobStillTalk();
    }
  }

  @Test
  void whatIsNoWebSocketFrameClosesAsTheRfcSays() throws Exception {
    try (var mallory = new RawSocket(server.port())) {
      mallory.enter("/ws?room=demo&user=mallory");
      mallory.frame(0xf3, new byte[10]);
      assertThat(mallory.readCloseText()).isEqualTo("1002 protocol_violation");
      var left = bob.event(Event.Left.class);
      assertThat(left.reason()).isEqualTo(CloseReason.PROTOCOL_VIOLATION);
      aliceAndBobStillTalk();
    }
  }

  @Test
  void anImpossibleCloseCodeIsNotExplained() throws Exception {
    try (var mallory = new RawSocket(server.port())) {
      mallory.enter("/ws?room=demo&user=mallory");
      mallory.frame(CLOSE, new byte[] {0, 1});
      assertThat(mallory.readCloseText()).isIn("1002 protocol_violation", "4010 connection_lost");
      aliceAndBobStillTalk();
    }
  }

  /// Nobody says of themselves that they were removed.
  @Test
  void reasonsOfEdgesAreNotTakenFromParticipants() throws Exception {
    try (var mallory = new RawSocket(server.port())) {
      mallory.enter("/ws?room=demo&user=mallory");
      bob.event(Event.Joined.class);
      mallory.frame(CLOSE, new byte[] {4006 >> 8, (byte) 4006});
      assertThat(mallory.readCloseText()).isEqualTo("4010 connection_lost");
      await().until(() -> isAway("mallory"));
      assertThat(bob.events).noneMatch(Event.Left.class::isInstance);
    }
  }

  @Test
  void aPeerThatNeverReadsLosesOnlyItsOwnFrames() throws Exception {
    try (var deaf = new RawSocket(server.port())) {
      deaf.enter("/ws?room=demo&user=deaf");
      bob.event(Event.Joined.class);
      byte[] bundle = new Frame(false, 0, 0, 1, 0, new byte[1000]).toBundle();
      int sent = 600;
      for (int i = 0; i < sent; i++) {
        int wanted = i + 1;
        alice.sendRaw(ByteBuffer.wrap(bundle));
        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(1))
            .until(() -> bob.frames.size() >= wanted);
      }
      var counters = server.rooms.counters(Transport.WEBSOCKET);
      assertThat(bob.frames).hasSize(sent);
      assertThat(counters.drops(DropReason.OUTBOX_FULL) + counters.drops(DropReason.STALE))
          .isGreaterThan(sent / 2);
      assertThat(server.rooms.connectionCount(Transport.WEBSOCKET)).isEqualTo(3);
    }
  }

  @Test
  void aPeerThatNeverReadsItsControlMessagesIsASlowConsumerAndDoesNotKeepItsSocket()
      throws Exception {
    try (var deaf = new RawSocket(server.port())) {
      deaf.enter("/ws?room=demo&user=deaf");
      bob.event(Event.Joined.class);
      for (int i = 0; i < 40_000 && !isAway("deaf"); i++) {
        alice.send(new Request.Rename("x".repeat(64 - i % 10)));
        if (i % 50 == 0) {
          // alice and bob read, but not in no time.
          int round = i;
          alice.send(new Request.Ping(round));
          alice.event(Event.Pong.class, pong -> pong.time() == round);
        }
      }
      assertThat(deaf.drain()).isLessThan(300_000);
      aliceAndBobStillTalk();
    }
  }

  @Test
  void pingsWhosePongsNobodyReadsHarmNobody() throws Exception {
    try (var mallory = new RawSocket(server.port())) {
      mallory.enter("/ws?room=demo&user=mallory");
      bob.event(Event.Joined.class);
      for (int i = 0; i < 200; i++) {
        mallory.frame(PING, new byte[125]);
      }
      mallory.frame(BINARY, new Frame(false, 0, 0, 77, 0, new byte[] {1}).toBundle());
      await().until(() -> bob.frames.stream().anyMatch(frame -> frame.sequence() == 77));
    }
  }

  @Test
  void aFloodOfPingsEndsOnlyItsOwnSession() throws Exception {
    try (var mallory = new RawSocket(server.port())) {
      mallory.enter("/ws?room=demo&user=mallory");
      bob.event(Event.Joined.class);
      for (int i = 0; i < 20_000; i++) {
        mallory.frame(PING, new byte[125]);
      }
    } catch (java.io.IOException e) {
      // The edge had enough.
    }
    await().until(() -> isAway("mallory"));
    aliceAndBobStillTalk();
  }

  /// Whether bob was told that somebody's connection is gone.
  private boolean isAway(String user) {
    return bob.events.stream()
        .anyMatch(
            event ->
                event instanceof Event.Updated(Participant who)
                    && who.away()
                    && who.user().value().equals(user));
  }
}
