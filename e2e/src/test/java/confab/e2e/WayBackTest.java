package confab.e2e;

import static confab.e2e.Hearing.awaitVoice;
import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.participant.Transport;
import confab.protocol.Frame;
import confab.protocol.Participant;
import confab.rig.Patience;
import confab.rig.browser.Ear;
import confab.rig.browser.SessionApi;
import confab.rig.browser.Sound;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import confab.rig.process.FreePort;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Whom failed tries sent to WebSocket is not left there. Chromium (156) delays the WebTransport
/// sessions of a page after failed ones.
class WayBackTest {
  private static final Voice ALICE = new Voice(150);
  private static final Voice BOB = new Voice(230);

  /// After so many a session takes a second or two to stand.
  private static final int FAILURES = 7;

  private static final String FAIL =
      """
      async ([port, failures]) => {
        for (let n = 0; n < failures; n++) {
          const wire = new WebTransport(`https://127.0.0.1:${port}/wt`);
          wire.closed.catch(() => {});
          await wire.ready.catch(() => {});
        }
      }
      """;

  /// In frames: less than the session takes to stand, in which nobody would be heard without the
  /// old connection. What WebSocket still has under way when it is closed is lost.
  private static final int A_SECOND = 50;

  /// The voices pause for 80 ms between syllables, with soft edges.
  private static final Duration PAUSE = Duration.ofMillis(200);

  @RegisterExtension static final Person ALICES = new Person(ALICE);
  @RegisterExtension static final Person BOBS = new Person(BOB);
  @RegisterExtension final OneEdge edge = new OneEdge();

  @Test
  void whoCameByWebSocketGoesBackToWebTransportAndIsHeardMeanwhile() throws Exception {
    BOBS.newTab().join(edge.meeting("bob"));
    try (Robot ear = Robot.join(edge.url(), "demo", "ear", Transport.WEBTRANSPORT)) {
      int closed = FreePort.find();
      Tab alice = ALICES.newTab();
      SessionApi.dial(alice.page(), closed, edge.httpPort());
      alice.page().navigate(edge.meeting("alice"));
      alice.page().evaluate(FAIL, List.of(closed, FAILURES));
      alice.button("Join").click();
      alice.waitForStatus("WebSocket");
      awaitVoice(alice, BOB);
      Duration usual = longestSilence(alice.hear(2));

      alice.page().evaluate("() => { heard.chunks.length = 0; }");
      ear.frames.clear();
      alice.page().unroute("**/api/v1/session?*");
      await().until(() -> !alice.status().contains("WebSocket"));
      Sound heard = heardUntilASecondFromNow(alice);

      assertThat(alice.status()).contains("WebTransport");
      assertThat(longestSilence(heard)).isLessThan(Patience.promise(PAUSE, usual));
      assertThat(heard.share(BOB.pitchHz())).isGreaterThan(0.5);
      List<Integer> sequences = sequencesOf("alice", ear);
      assertThat(sequences).hasSizeGreaterThan(100).doesNotHaveDuplicates();
      assertThat(longestGap(sequences)).isLessThan(A_SECOND);
    }
  }

  private static int longestGap(List<Integer> sequences) {
    return IntStream.range(1, sequences.size())
        .map(i -> sequences.get(i) - sequences.get(i - 1) - 1)
        .max()
        .orElseThrow();
  }

  private static Duration longestSilence(Sound heard) {
    return Duration.ofMillis(Math.round(1000 * heard.longestSilence()));
  }

  private static Sound heardUntilASecondFromNow(Tab tab) {
    double before =
        ((Number)
                tab.page()
                    .evaluate("() => heard.chunks.flatMap((c) => [...c]).length / heard.rate"))
            .doubleValue();
    tab.page().waitForFunction(Ear.HEARD_FOR, before + 1);
    byte[] bytes = Base64.getDecoder().decode((String) tab.page().evaluate(Ear.HEARD));
    return Sound.of(bytes, ((Number) tab.page().evaluate("() => heard.rate")).intValue());
  }

  private static List<Integer> sequencesOf(String user, Robot ear) {
    int number =
        ear.seat().roster().stream()
            .filter(each -> each.user().value().equals(user))
            .mapToInt(Participant::number)
            .findFirst()
            .orElseThrow();
    return ear.frames.stream()
        .filter(frame -> frame.participant() == number)
        .map(Frame::sequence)
        .sorted(Integer::compareUnsigned)
        .toList();
  }
}
