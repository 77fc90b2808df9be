package confab.webtransport;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.webtransport.WebTransportNumbers;
import confab.rig.Patience;
import confab.rig.hostile.FirstPacket;
import confab.webtransport.engine.EngineLimits;
import confab.webtransport.kwik.RawParticipant;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tech.kwik.core.QuicClientConnection;
import tech.kwik.core.log.NullLogger;

/// Floods of first packets, and what they cost those who join beside them: nothing.
@ParameterizedClass
@Execution(ExecutionMode.CONCURRENT)
@EnumSource(QuicEngine.class)
class HandshakeFloodsTest extends ServerFixture {
  /// More than all places.
  private static final int FLOOD = EngineLimits.MAX_HALF_OPEN + 100;

  private static final int SILENCE_MILLIS = 5_000;

  HandshakeFloodsTest(QuicEngine engine) {
    super(engine);
  }

  @Test
  void whatIsTooShortForAFirstPacketTakesNoPlace() throws Exception {
    flood(
        each -> InetAddress.getLoopbackAddress(),
        each -> Arrays.copyOf(FirstPacket.of(each), 1199));
    flood(each -> InetAddress.getLoopbackAddress(), each -> Arrays.copyOf(FirstPacket.of(each), 1));

    await().until(() -> server.stats().handshakesMalformed() == 2 * FLOOD);
    assertJoins();
    assertThat(server.stats().handshakesRefused()).isZero();
  }

  @Test
  void aFloodFromOneAddressLeavesPlacesForOthers() throws Exception {
    InetAddress attacker = InetAddress.ofLiteral("127.0.0.66");
    flood(each -> attacker, FirstPacket::of);

    await().until(() -> turnedAway() > 0);
    assertJoins();
  }

  @Test
  void inAFloodFromManyAddressesWhoIsThereIsAskedAndLetIn() throws Exception {
    Assumptions.assumeTrue(engine == QuicEngine.NETTY, "Kwik cannot ask without a place");
    flood(
        each -> InetAddress.ofLiteral("127.1." + each / 250 + "." + (1 + each % 250)),
        FirstPacket::of);

    await().until(() -> server.stats().handshakesAsked() > 0);
    long before = server.stats().handshakesAsked();
    assertJoins();
    assertThat(server.stats().handshakesAsked()).isGreaterThan(before);
    assertThat(server.stats().handshakesRefused()).isZero();
  }

  @Test
  void whoSaysNothingFurtherIsSentThreeTimesWhatCame() throws Exception {
    byte[] first = firstOfAClient();
    int sent = 0;
    try (var silent = new DatagramSocket()) {
      silent.send(new DatagramPacket(first, first.length, edge));
      silent.setSoTimeout(Patience.millis());
      var answer = new DatagramPacket(new byte[1500], 1500);
      while (true) {
        silent.receive(answer);
        sent += answer.getLength();
        silent.setSoTimeout(SILENCE_MILLIS);
      }
    } catch (SocketTimeoutException e) {
      // Engines try again after one second, two, and four.
    }
    assertThat(sent).isBetween(1, 3 * first.length);
  }

  private long turnedAway() {
    WebTransportStats stats = server.stats();
    return stats.handshakesRefused() + stats.handshakesAsked();
  }

  private void assertJoins() throws Exception {
    try (var alice = RawParticipant.join(edge, "demo", "alice")) {
      await().until(() -> participants("demo") == 1);
      assertThat(alice.closed).isNull();
    }
  }

  private void flood(IntFunction<InetAddress> from, IntFunction<byte[]> packet) throws IOException {
    for (int i = 0; i < FLOOD; i++) {
      try (var socket = new DatagramSocket(new InetSocketAddress(from.apply(i), 0))) {
        byte[] bytes = packet.apply(i);
        socket.send(new DatagramPacket(bytes, bytes.length, edge));
      }
    }
  }

  /// The first datagram of one that means to connect.
  private static byte[] firstOfAClient() throws IOException {
    try (var nobody = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      QuicClientConnection client =
          QuicClientConnection.newBuilder()
              .uri(URI.create("https://localhost:" + nobody.getLocalPort()))
              .proxy("127.0.0.1")
              .applicationProtocol(WebTransportNumbers.ALPN)
              .connectTimeout(Duration.ofSeconds(1))
              .logger(new NullLogger())
              .build();
      Thread.startVirtualThread(
          () -> {
            try {
              client.connect();
            } catch (IOException e) {
              // Nobody answers.
            }
          });
      nobody.setSoTimeout(Patience.millis());
      var first = new DatagramPacket(new byte[1500], 1500);
      nobody.receive(first);
      return Arrays.copyOf(first.getData(), first.getLength());
    }
  }
}
