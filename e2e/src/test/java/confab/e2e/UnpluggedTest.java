package confab.e2e;

import static confab.e2e.Hearing.awaitVoice;
import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Alice's microphone goes away in mid-call. Her browser lets pages play nothing before a click, as
/// people's browsers do.
class UnpluggedTest {
  private static final Voice ALICE = new Voice(150);
  private static final Voice BOB = new Voice(230);

  @RegisterExtension
  static final Person ALICES =
      new Person(ALICE, "--autoplay-policy=document-user-activation-required");

  @RegisterExtension static final Person BOBS = new Person(BOB);
  @RegisterExtension final OneEdge edge = new OneEdge();

  private Tab alice;
  private Tab bob;
  private Microphone microphone;

  @BeforeEach
  void join() {
    bob = BOBS.newTab().join(edge.meeting("bob"));
    alice = ALICES.newTab();
    microphone = Microphone.of(alice);
    alice.join(edge.meeting("alice"));
    awaitVoice(bob, ALICE);
    awaitVoice(alice, BOB);
  }

  @Test
  void anotherOneTakesOver() {
    microphone.unplug(true);

    alice.waitForStatus("Now using");
    microphone.awaitOpened(2);
    awaitVoice(bob, ALICE);
    assertThat(alice.button("Mute").isVisible()).isTrue();
    assertThat(alice.errors()).isEmpty();
  }

  @Test
  void withoutAnotherOneIsMutedUntilItIsPluggedInAgain() {
    microphone.unplug(false);

    alice.button("Unmute").waitFor();
    assertThat(alice.page().getByRole(AriaRole.ALERT).innerText())
        .contains("The microphone went away");
    await().until(() -> bob.hear(1).audible() == 0);

    microphone.plugIn();
    alice.button("Unmute").click();
    awaitVoice(bob, ALICE);
    assertThat(alice.page().getByRole(AriaRole.ALERT).count()).isZero();
    assertThat(alice.errors()).isEmpty();
  }
}
