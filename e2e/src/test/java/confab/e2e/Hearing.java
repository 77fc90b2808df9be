package confab.e2e;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.rig.browser.Sound;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import java.util.List;
import org.assertj.core.data.Percentage;

/// What is asked of what was heard.
final class Hearing {
  private Hearing() {}

  /// The start of a stream is not what is to be judged.
  static List<Tab> settled(Tab... tabs) {
    for (Tab tab : tabs) {
      await().until(() -> tab.hear(0.5).audible() > 0.4);
    }
    Tab.hear(2, List.of(tabs));
    return List.of(tabs);
  }

  static void assertVoice(Sound heard, Voice speaker, Voice other) {
    assertThat(heard.rms()).as("energy").isGreaterThan(400);
    assertThat(heard.audible()).as("audible part").isGreaterThan(0.5);
    assertThat(heard.pitch())
        .as("pitch")
        .isCloseTo(speaker.pitchHz(), Percentage.withPercentage(5));
    assertThat(heard.share(speaker.pitchHz())).as("share of the voice").isGreaterThan(0.6);
    assertThat(heard.share(other.pitchHz())).as("share of the other").isLessThan(0.2);
  }

  /// On a machine that is busy with other things, too.
  static void awaitVoice(Tab listener, Voice speaker) {
    await()
        .until(
            () -> {
              Sound heard = listener.hear(1.5);
              return heard.audible() > 0.4 && heard.share(speaker.pitchHz()) > 0.5;
            });
  }
}
