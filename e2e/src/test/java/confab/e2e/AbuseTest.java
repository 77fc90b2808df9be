package confab.e2e;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.participant.Session;
import confab.participant.Session.Ending;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import confab.participant.Transport;
import confab.protocol.CloseReason;
import confab.protocol.Frame;
import confab.protocol.Request;
import confab.rig.Patience;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Hostile clients beside a call, which goes on. `bench/run --only abuse` measures these and more.
class AbuseTest {
  private static final String ROOM = "demo";

  /// Of each speaker.
  private static final int FRAMES = 25;

  /// With the call more than a room has before it forwards only the loudest.
  private static final int MANY = 6;

  /// More would wait in the client.
  private static final int AT_ONCE = 20;

  /// More than there are places for handshakes.
  private static final int FIRST_PACKETS = 600;

  @RegisterExtension final OneEdge edge = new OneEdge();

  private Robot alice;
  private Robot bob;

  @BeforeEach
  void call() throws Exception {
    alice = Robot.join(edge.url(), ROOM, "alice", Transport.WEBTRANSPORT).speak();
    bob = Robot.join(edge.url(), ROOM, "bob", Transport.WEBSOCKET).speak();
    assertThatTheyHearEachOther();
  }

  @AfterEach
  void hangUp() {
    alice.close();
    bob.close();
  }

  private void assertThatTheyHearEachOther() {
    int ofAlice = bob.lastHeardOf(alice) + FRAMES;
    int ofBob = alice.lastHeardOf(bob) + FRAMES;
    await().until(() -> bob.lastHeardOf(alice) > ofAlice && alice.lastHeardOf(bob) > ofBob);
    assertThat(alice.resumes).hasValue(0);
    assertThat(bob.resumes).hasValue(0);
  }

  /// A session that ends with its connection.
  private Session join(String user, Transport transport) throws IOException {
    var config = new SessionConfig(edge.url(), ROOM, user, transport).withPatience(Duration.ZERO);
    return Session.join(config, new SessionListener() {});
  }

  private static Frame loudest(int sequence, int bytes) {
    return new Frame(false, Frame.VOICE, 0, sequence, sequence * 960, new byte[bytes]);
  }

  private static void assertThatItWasClosedForFlooding(Session flood) throws Exception {
    assertThat(flood.awaitEnding(Patience.LIMIT).flatMap(Ending::reason))
        .isEqualTo(Optional.of(CloseReason.RATE_LIMITED));
  }

  /// Sends for as long as the session stands, and as fast as it takes.
  ///
  /// @param once sends something; false when nothing more is taken just now
  private static void awaitEnd(Session flood, BooleanSupplier once) {
    Patience.awaitOnly("the end of the flood")
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              for (int i = 0; i < AT_ONCE && flood.isOpen() && once.getAsBoolean(); i++) {
                // The next one.
              }
              return !flood.isOpen();
            });
  }

  private static boolean takes(Session flood) {
    try {
      flood.request(new Request.WhoAmI());
      return true;
    } catch (IOException e) {
      // Its own queue is full, or it has been closed.
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WEBTRANSPORT", "WEBSOCKET"})
  void whoFloodsWithMediaIsClosed(Transport transport) throws Exception {
    try (Session flood = join("flood", transport)) {
      var sequence = new AtomicInteger();
      awaitEnd(flood, () -> flood.send(loudest(sequence.getAndIncrement(), 80)));
      assertThatItWasClosedForFlooding(flood);
    }
    assertThatTheyHearEachOther();
  }

  @ParameterizedTest
  @EnumSource(names = {"WEBTRANSPORT", "WEBSOCKET"})
  void whoFloodsWithRequestsIsClosed(Transport transport) throws Exception {
    try (Session flood = join("flood", transport)) {
      awaitEnd(flood, () -> takes(flood));
      assertThatItWasClosedForFlooding(flood);
    }
    assertThatTheyHearEachOther();
  }

  /// Carol is heard as soon as she speaks, and not when those who had the places have had a turn.
  @Test
  void whoClaimsLoudVoiceAndSaysNothingTakesNobodysPlace() throws Exception {
    List<Session> liars = new ArrayList<>();
    try {
      for (int i = 0; i < MANY; i++) {
        liars.add(join("liar" + i, Transport.WEBSOCKET));
      }
      var lies = new AtomicInteger();
      Patience.awaitOnly("lies").until(() -> lie(liars, lies) > 2 * FRAMES);
      try (Robot carol = Robot.join(edge.url(), ROOM, "carol", Transport.WEBSOCKET).speak()) {
        Patience.awaitOnly("carol at bob")
            .until(() -> lie(liars, lies) > 0 && bob.lastHeardOf(carol) >= 0);
        assertThat(bob.sequencesOf(carol).getFirst()).isLessThan(4 * FRAMES);
      }
      assertThatTheyHearEachOther();
    } finally {
      liars.forEach(Session::close);
    }
  }

  private static int lie(List<Session> liars, AtomicInteger lies) {
    int sequence = lies.getAndIncrement();
    liars.forEach(each -> each.send(loudest(sequence, 1)));
    return sequence;
  }

  @Test
  void shortFirstPacketsKeepNobodyOut() throws Exception {
    InetAddress from = InetAddress.ofLiteral("127.0.0.66");
    InetSocketAddress quic = edge.edge().quicAddress();
    for (int i = 0; i < FIRST_PACKETS; i++) {
      try (var socket = new DatagramSocket(new InetSocketAddress(from, 0))) {
        socket.send(new DatagramPacket(new byte[] {(byte) 0xc3}, 1, quic));
      }
    }
    try (Session carol = join("carol", Transport.WEBTRANSPORT)) {
      await().until(() -> bob.events.toString().contains("carol"));
      assertThat(carol.isOpen()).isTrue();
    }
    assertThatTheyHearEachOther();
  }
}
