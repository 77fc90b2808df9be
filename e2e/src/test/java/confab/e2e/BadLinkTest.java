package confab.e2e;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.edge.Edge;
import confab.rig.browser.SessionApi;
import confab.rig.browser.Sound;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import confab.rig.impairment.ImpairedTcp;
import confab.rig.impairment.ImpairedUdp;
import confab.rig.impairment.Impairment;
import java.time.Duration;
import java.util.Locale;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/// A call in which both sit behind a link of 50 ms each way that loses 2 % and reorders. It stays a
/// call: the voice is recognised. How good it is is written down, not asserted.
@Isolated
class BadLinkTest {
  private static final Impairment BAD =
      new Impairment(Duration.ofMillis(50), Duration.ofMillis(15), 0.02, 42);
  private static final Voice ALICE = new Voice(150);
  private static final Voice BOB = new Voice(230);

  @RegisterExtension static final Person ALICES = new Person(ALICE);
  @RegisterExtension static final Person BOBS = new Person(BOB);

  @Test
  void aCallOverABadLinkIsStillACallOverWebTransport() throws Exception {
    call("");
  }

  @Test
  void aCallOverABadLinkIsStillACallOverWebSocket() throws Exception {
    call("?transport=websocket");
  }

  private static void call(String query) throws Exception {
    try (Edge edge = Edge.start(Tool.edgeConfig());
        ImpairedUdp udp = new ImpairedUdp(edge.quicAddress(), BAD);
        ImpairedTcp tcp = new ImpairedTcp(edge.httpAddress(), BAD);
        Tab alice = ALICES.newTab();
        Tab bob = BOBS.newTab()) {
      SessionApi.dial(alice.page(), udp.port(), tcp.port());
      SessionApi.dial(bob.page(), udp.port(), tcp.port());
      String url = "http://localhost:" + edge.httpAddress().getPort() + "/meeting/";
      alice.join(url + "alice/demo" + query);
      bob.join(url + "bob/demo" + query);
      String transport = query.isEmpty() ? "WebTransport" : "WebSocket";
      bob.waitForStatus(transport);

      await().until(() -> bob.hear(0.5).audible() > 0.3);
      bob.hear(2);
      Sound heard = bob.hear(6);

      System.out.printf(
          Locale.ROOT,
          "bad link, %s: pitch %.0f Hz of 150, share %.2f, audible %.2f, clicks/s %.1f,"
              + " UDP packets lost %d of %d%n",
          transport,
          heard.pitch(),
          heard.share(150),
          heard.audible(),
          heard.clicksPerSecond(),
          udp.lost(),
          udp.carried());
      assertThat(heard.pitch()).isCloseTo(ALICE.pitchHz(), Percentage.withPercentage(5));
      assertThat(heard.share(ALICE.pitchHz())).isGreaterThan(0.5);
      assertThat(heard.audible()).isGreaterThan(0.45);
    }
  }
}
