package confab.e2e;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.participant.Transport;
import confab.protocol.Frame;
import confab.rig.browser.Firefox;
import confab.rig.browser.Sound;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The call itself in Firefox, which has neither MediaStreamTrackProcessor nor Chromium's engine.
class FirefoxTest {
  private static final Voice ALICE = new Voice(150);

  /// One frame of 20 ms in bytes, for each kbit/s.
  private static final double BYTES = 2.5;

  @RegisterExtension static final Person ALICES = new Person(ALICE);
  @RegisterExtension static final Fox FOX = new Fox();
  @RegisterExtension final OneEdge edge = new OneEdge();

  private Firefox firefox;

  @BeforeEach
  void start() throws Exception {
    firefox = FOX.browser();
  }

  @Test
  void firefoxAndChromiumHearEachOther() throws Exception {
    Tab alice = ALICES.newTab().join(edge.meeting("alice"));
    join();
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

  /// Firefox ESR (153) does not mind what an encoder that runs is asked for.
  @Test
  void musicIsSentInItsOwnQualityFromTheMomentItIsAskedFor() throws Exception {
    try (Robot ear = Robot.join(edge.url(), "demo", "ear", Transport.WEBTRANSPORT)) {
      join();
      awaitKilobits(ear, 20, 45);
      firefox.click("Settings");
      firefox.toggle("Music mode");
      awaitKilobits(ear, 80, 110);
      firefox.toggle("Music mode");
      awaitKilobits(ear, 20, 45);

      List<Integer> sequences = ear.frames.stream().map(Frame::sequence).toList();
      assertThat(sequences.getLast() - sequences.getFirst()).isEqualTo(sequences.size() - 1);
      firefox.click("Leave");
    }
  }

  private void join() throws Exception {
    firefox.navigate(edge.meeting("fox"));
    firefox.click("Join");
    firefox.awaitButton("Leave");
  }

  /// Waits until a second of sound has a bitrate between those.
  private static void awaitKilobits(Robot ear, int least, int most) {
    await()
        .until(
            () -> {
              List<Frame> frames = List.copyOf(ear.frames);
              double bytes =
                  frames.stream()
                      .skip(Math.max(0, frames.size() - 50))
                      .mapToInt(frame -> frame.payload().length)
                      .average()
                      .orElse(0);
              return bytes > least * BYTES && bytes < most * BYTES;
            });
  }
}
