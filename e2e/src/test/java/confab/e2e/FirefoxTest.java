package confab.e2e;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.edge.Edge;
import confab.rig.browser.Chromium;
import confab.rig.browser.Firefox;
import confab.rig.browser.Sound;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The call itself in Firefox, which has neither MediaStreamTrackProcessor nor Chromium's engine.
class FirefoxTest {
  private static final Voice ALICE = new Voice(150);

  @TempDir static Path directory;

  @Test
  void firefoxAndChromiumHearEachOther() throws Exception {
    try (Edge edge = Edge.start(Tool.edgeConfig());
        Firefox firefox = Firefox.start(directory);
        Chromium chromium = Chromium.speaking(ALICE)) {
      String meeting = "http://localhost:" + edge.httpAddress().getPort() + "/meeting/";
      Tab alice = chromium.newTab().join(meeting + "alice/demo");
      firefox.navigate(meeting + "fox/demo");
      firefox.click("Join");
      firefox.awaitButton("Leave");
      alice.participant("fox").waitFor();

      await()
          .until(
              () -> {
                Sound heard = alice.hear(2);
                return heard.audible() > 0.8 && heard.share(Firefox.TONE_HZ) > 0.8;
              });
      await()
          .until(
              () -> {
                Sound heard = firefox.hear(2);
                return heard.audible() > 0.4 && heard.share(ALICE.pitchHz()) > 0.5;
              });
      System.out.println("Firefox: " + firefox.status());
      assertThat(firefox.status()).containsAnyOf("WebTransport", "WebSocket");
      firefox.click("Leave");
      await().until(() -> alice.participant("fox").count() == 0);
    }
  }
}
