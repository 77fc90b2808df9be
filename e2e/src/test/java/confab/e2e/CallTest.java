package confab.e2e;

import static confab.e2e.Hearing.assertVoice;
import static confab.e2e.Hearing.settled;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import confab.edge.Edge;
import confab.rig.browser.SessionApi;
import confab.rig.browser.Sound;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import confab.rig.process.Program;
import confab.rig.process.Site;
import confab.webtransport.QuicEngine;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// People hear each other and robots hear them, judged by what comes out of the loudspeaker.
@Isolated
class CallTest {
  private static final Voice ALICE = new Voice(150);
  private static final Voice BOB = new Voice(230);

  private static Edge edge;
  @RegisterExtension static final Person ALICES = new Person(ALICE);
  @RegisterExtension static final Person BOBS = new Person(BOB);

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws Exception {
    edge = Edge.start(Tool.edgeConfig());
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @ParameterizedTest
  @EnumSource(QuicEngine.class)
  void twoPeopleHearEachOtherOverWebTransport(QuicEngine engine) throws Exception {
    try (Edge edge = Edge.start(Tool.edgeConfig().withQuic(engine));
        Tab alice = ALICES.newTab();
        Tab bob = BOBS.newTab()) {
      alice.join(url(edge) + "/meeting/alice/demo");
      bob.join(url(edge) + "/meeting/bob/demo");
      bob.participant("alice").waitFor();
      alice.participant("bob").waitFor();
      bob.waitForStatus("WebTransport");

      Sound atBob = assertTheyHearEachOther(alice, bob);

      assertThat(atBob.clicksPerSecond()).isLessThan(1);
      assertThat(framesIn(edge, "webtransport")).isGreaterThan(300);
      assertThat(framesIn(edge, "websocket")).isZero();
      assertThat(alice.errors()).isEmpty();
      assertThat(bob.errors()).isEmpty();
    }
  }

  /// What Bob heard.
  private static Sound assertTheyHearEachOther(Tab alice, Tab bob) {
    List<Sound> heard = Tab.hear(4, settled(alice, bob));
    assertVoice(heard.getFirst(), BOB, ALICE);
    assertVoice(heard.getLast(), ALICE, BOB);
    return heard.getLast();
  }

  @Test
  void whereUdpIsBlockedTheyHearEachOtherOverWebSocketAndAreToldWhy() throws Exception {
    double before = framesIn(edge, "websocket");
    // A port on which nobody answers, as behind a firewall that drops UDP.
    try (var hole = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Tab alice = ALICES.newTab();
        Tab bob = BOBS.newTab()) {
      SessionApi.dial(alice.page(), hole.getLocalPort(), edge.httpAddress().getPort());
      alice.join(meeting("alice", "blocked"));
      SessionApi.dial(bob.page(), hole.getLocalPort(), edge.httpAddress().getPort());
      bob.join(meeting("bob", "blocked"));
      alice.waitForStatus("WebSocket");
      assertThat(alice.status()).contains("3 s");
      assertTheyHearEachOther(alice, bob);
      assertThat(framesIn(edge, "websocket") - before).isGreaterThan(300);
    }
  }

  @Test
  void aRobotHearsAPerson() throws Exception {
    Path heard = directory.resolve("heard.wav");
    try (Tab alice = ALICES.newTab().join(meeting("alice", "ears"));
        Site site = Tool.site(directory)) {
      Program ear =
          Tool.start(
              site,
              "ear",
              "listen",
              "--url",
              url(edge),
              "--room",
              "ears",
              "--user",
              "ear",
              "--out",
              heard.toString(),
              "--duration",
              "6s",
              "--json");
      assertThat(ear.awaitEnd()).isZero();
      JsonObject report = JsonParser.parseString(ear.output()).getAsJsonObject();
      assertThat(report.get("transport").getAsString()).isEqualTo("webtransport");
      JsonObject speaker = report.getAsJsonArray("participants").get(0).getAsJsonObject();
      assertThat(speaker.get("name").getAsString()).isEqualTo("alice");
      assertThat(speaker.get("frames").getAsInt()).isGreaterThan(200);
      assertThat(speaker.get("lost").getAsInt()).isLessThan(10);
      assertVoice(Sound.read(heard), ALICE, BOB);
    }
  }

  private static double framesIn(Edge edge, String transport) {
    return Metric.of(
        edge.httpAddress(), "confab_media_frames_in_total{transport=\"" + transport + "\"}");
  }

  private static String url(Edge edge) {
    return "http://localhost:" + edge.httpAddress().getPort();
  }

  private static String meeting(String user, String room) {
    return url(edge) + "/meeting/" + user + "/" + room;
  }
}
