package confab.participant;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.edge.Edge;
import confab.edge.EdgeConfig;
import confab.protocol.CloseReason;
import confab.protocol.address.EdgeAddress;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A real edge, not always reached at once.
class DiallerTest {
  /// Of no certificate.
  private static final String NO_HASH = Base64.getEncoder().encodeToString(new byte[32]);

  /// Kwik's client misses an answer that comes at once, one in a few hundred, and more on a busy
  /// machine. When that happens to the second try, too, another dial has to show what this is
  /// about.
  private static final int DIALS = 4;

  @Test
  void whoIsNotAnsweredTriesOnceMore() throws Exception {
    try (Edge edge = Edge.start(EdgeConfig.onLoopback())) {
      int dials = 1;
      while (!isLinkedThoughUnheardOnce(edge, dials == DIALS)) {
        dials++;
      }
    }
  }

  private static SessionConfig config(Edge edge, Transport transport) {
    String url = "http://127.0.0.1:" + edge.httpAddress().getPort();
    return new SessionConfig(url, "demo", "alice", transport);
  }

  @Test
  void whoKnowsTheCertificateOfAFormerRunAsksForThePresentOne() throws Exception {
    try (Edge edge = Edge.start(EdgeConfig.onLoopback())) {
      var dialler = new Dialler(config(edge, Transport.AUTO), line -> {});
      EdgeAddress known = dialler.edges("").getFirst();
      var stale =
          new EdgeAddress(known.name(), known.webTransport(), List.of(NO_HASH), known.webSocket());

      Link link = dialler.dial(stale, new Endings());

      assertThat(link.transport()).isEqualTo(Transport.WEBTRANSPORT);
      link.close(CloseReason.LEFT);
    }
  }

  /// Kwik tells of the end of a failed handshake when it likes.
  @Test
  void theEndOfALinkThatWasGivenUpIsNotTheEndOfTheOneThatStands() throws Exception {
    try (Edge edge = Edge.start(EdgeConfig.onLoopback());
        Edge other = Edge.start(EdgeConfig.onLoopback())) {
      var dialler = new Dialler(config(edge, Transport.AUTO), line -> {});
      EdgeAddress known = dialler.edges("").getFirst();
      URI elsewhere = URI.create("https://127.0.0.1:" + other.quicAddress().getPort() + "/wt");
      var wrong = new EdgeAddress(known.name(), elsewhere, List.of(NO_HASH), known.webSocket());
      var ends = new Endings();
      List<Link> links = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        links.add(dialler.dial(wrong, ends));
      }
      assertThat(links).allMatch(link -> link.transport() == Transport.WEBSOCKET);
      await().during(Duration.ofSeconds(1)).until(ends.heard::isEmpty);
      links.forEach(link -> link.close(CloseReason.LEFT));
    }
  }

  /// False when nothing came of the second try either, unless this is the last dial.
  private static boolean isLinkedThoughUnheardOnce(Edge edge, boolean last) throws Exception {
    var dialler = new Dialler(config(edge, Transport.WEBTRANSPORT), line -> {});
    EdgeAddress known = dialler.edges("").getFirst();
    try (var way = new DeafAtFirst(edge.quicAddress())) {
      URI detour = URI.create("https://127.0.0.1:" + way.port() + "/wt");
      var address =
          new EdgeAddress(known.name(), detour, known.certificateHashes(), known.webSocket());

      Link link = dialler.dial(address, new Endings());

      assertThat(link.transport()).isEqualTo(Transport.WEBTRANSPORT);
      assertThat(way.unheard).isNotNull();
      link.close(CloseReason.LEFT);
      return true;
    } catch (JoinException e) {
      if (last) {
        throw e;
      }
      return false;
    }
  }

  /// Passes on what participants and an edge send, but nothing of the first who comes.
  private static final class DeafAtFirst implements AutoCloseable {
    private final SocketAddress edge;
    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    volatile @Nullable SocketAddress unheard;
    private @Nullable SocketAddress heard;

    DeafAtFirst(InetSocketAddress edge) throws IOException {
      this.edge = new InetSocketAddress(InetAddress.getLoopbackAddress(), edge.getPort());
      Thread.ofVirtual().start(this::carry);
    }

    int port() {
      return socket.getLocalPort();
    }

    private void carry() {
      try {
        while (true) {
          var packet = new DatagramPacket(new byte[2048], 2048);
          socket.receive(packet);
          SocketAddress from = packet.getSocketAddress();
          if (from.equals(edge)) {
            packet.setSocketAddress(Objects.requireNonNull(heard));
          } else {
            unheard = unheard == null ? from : unheard;
            if (from.equals(unheard)) {
              continue;
            }
            heard = from;
            packet.setSocketAddress(edge);
          }
          socket.send(packet);
        }
      } catch (IOException e) {
        // Closed.
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
