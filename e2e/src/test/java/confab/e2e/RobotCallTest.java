package confab.e2e;

import static confab.e2e.Hearing.awaitVoice;
import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Route;
import confab.edge.Edge;
import confab.participant.SessionConfig;
import confab.participant.Transport;
import confab.rig.browser.Chromium;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import confab.rig.process.Program;
import confab.rig.process.Site;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// People and robots in one room hear each other, and those who do not want to be heard are not.
class RobotCallTest {
  private static final Voice ALICE = new Voice(150);
  private static final Voice BOB = new Voice(230);
  private static final Voice ROBOT = new Voice(110);

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

  @Test
  void whoIsMutedIsNotHeard() {
    try (Tab alice = ALICES.newTab().join(meeting("alice", "muting"));
        Tab bob = BOBS.newTab().join(meeting("bob", "muting"))) {
      awaitVoice(bob, ALICE);

      alice.button("Mute").click();
      alice.button("Unmute").waitFor();
      await().until(() -> bob.hear(1).audible() == 0);

      alice.button("Unmute").click();
      await().until(() -> bob.hear(1).audible() > 0.4);

      bob.button("Deafen").click();
      bob.button("Undeafen").waitFor();
      await().until(() -> bob.hear(1).audible() == 0);
    }
  }

  /// As some browsers and policies have it; the page then decodes by WebCodecs.
  @Test
  void whereWebAssemblyIsForbiddenOneHearsAllTheSame() throws Exception {
    // What a test answers for has no address that a page might be on.
    try (Chromium carols = Chromium.speaking(BOB, "--disable-features=LocalNetworkAccessChecks");
        Tab alice = ALICES.newTab().join(meeting("alice", "strict"));
        Tab carol = carols.newTab()) {
      carol.page().route("**/*", RobotCallTest::withoutWebAssembly);
      carol.join(meeting("carol", "strict"));
      awaitVoice(carol, ALICE);
      assertThat(carol.errors()).anyMatch(error -> error.contains("WebAssembly"));
      assertThat(alice.errors()).isEmpty();
    }
  }

  private static void withoutWebAssembly(Route route) {
    APIResponse answer = route.fetch();
    Map<String, String> headers = new HashMap<>(answer.headers());
    headers.computeIfPresent(
        "content-security-policy", (_, policy) -> policy.replace("'wasm-unsafe-eval'", ""));
    route.fulfill(new Route.FulfillOptions().setResponse(answer).setHeaders(headers));
  }

  @Test
  void aTransportMayBeForced() {
    String url = meeting("alice", "forced") + "?transport=websocket";
    try (Tab alice = ALICES.newTab().join(url)) {
      alice.waitForStatus("WebSocket");
      assertThat(Metric.of(edge.httpAddress(), "confab_sessions{transport=\"websocket\"}"))
          .isEqualTo(1);
    }
  }

  @Test
  void aPersonHearsARobotThoughAnotherSendsGarbage() throws Exception {
    Path speech = ROBOT.writeTo(directory.resolve("speech.wav"), 5);
    try (Tab bob = BOBS.newTab().join(meeting("bob", "robots"));
        Site site = Tool.site(directory)) {
      Program robot =
          Tool.start(
              site,
              "robot",
              "stream",
              "--url",
              url(),
              "--room",
              "robots",
              "--user",
              "robot",
              "--file",
              speech.toString(),
              "--loop",
              "--duration",
              "600s");
      bob.participant("robot").waitFor();
      awaitVoice(bob, ROBOT);
      try (var vandal =
          new Vandal(new SessionConfig(url(), "robots", "vandal", Transport.WEBSOCKET))) {
        await().until(() -> framesRefused(bob) > 10);
        awaitVoice(bob, ROBOT);
        assertThat(vandal.isThere()).isTrue();
      }
      assertThat(bob.errors()).isEmpty();
      assertThat(Tool.interrupt(robot)).isIn(0, 130);
      await().until(() -> bob.participant("robot").count() == 0);
    }
  }

  /// As the connection panel counts them.
  private static int framesRefused(Tab tab) {
    if (tab.button("Copy diagnostics").count() == 0) {
      tab.page().getByLabel("Connection details").click();
    }
    tab.button("Copy diagnostics").click();
    String copied = (String) tab.page().evaluate("() => navigator.clipboard.readText()");
    if (!copied.startsWith("{")) {
      return 0;
    }
    JsonArray moments = JsonParser.parseString(copied).getAsJsonObject().getAsJsonArray("moments");
    JsonObject last = moments.get(moments.size() - 1).getAsJsonObject();
    return last.getAsJsonObject("figures").get("broken").getAsInt();
  }

  private static String url() {
    return "http://localhost:" + edge.httpAddress().getPort();
  }

  private static String meeting(String user, String room) {
    return url() + "/meeting/" + user + "/" + room;
  }
}
