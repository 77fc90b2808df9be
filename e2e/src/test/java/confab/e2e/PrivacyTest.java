package confab.e2e;

import static confab.e2e.Hearing.awaitVoice;
import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The microphone is open while its owner wants it to be, and heard while its owner wants to speak.
class PrivacyTest {
  private static final Voice ALICE = new Voice(150);

  @RegisterExtension static final Person ALICES = new Person(ALICE);
  @RegisterExtension static final Person BOBS = Person.silent();
  @RegisterExtension final OneEdge edge = new OneEdge();

  private Tab alice;
  private Microphone microphone;

  @BeforeEach
  void open() {
    alice = ALICES.newTab();
    microphone = Microphone.of(alice);
    alice.page().navigate(edge.meeting("alice"));
  }

  private void click(String button) {
    alice.button(button).click();
  }

  private void press(String key) {
    alice.page().keyboard().press(key);
  }

  @Test
  void spaceTalksAfterAClickOnMuteAndOnlyWhileItIsHeld() {
    click("Join");
    try (Tab bob = BOBS.newTab()) {
      bob.join(edge.meeting("bob"));
      awaitVoice(bob, ALICE);
      click("Mute");
      await().until(() -> bob.hear(1).audible() == 0);
      // Keys that move no focus make nothing of what the click has left behind.
      press("ArrowDown");
      press("Escape");

      alice.page().keyboard().down(" ");
      alice.button("Mute").waitFor();
      awaitVoice(bob, ALICE);
      alice.page().keyboard().up(" ");

      alice.button("Unmute").waitFor();
      await().until(() -> bob.hear(1).audible() == 0);
      assertThat(alice.button("Unmute").isVisible()).isTrue();
    }
  }

  @Test
  void spacePressesTheButtonThatTheKeyboardHasReached() {
    click("Join");
    alice.button("Leave").waitFor();
    while (!focused().equals("Raise hand")) {
      press("Tab");
    }
    press(" ");
    alice.button("Lower hand").waitFor();
    alice.button("Mute").waitFor();
  }

  private String focused() {
    return (String)
        alice
            .page()
            .evaluate(
                """
                () => {
                  let at = document.activeElement;
                  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
                  return at?.getAttribute('aria-label') ?? '';
                }
                """);
  }

  @Test
  void nothingOpensTheMicrophoneOnceOneHasLeft() {
    click("Join");
    click("Leave");
    alice.button("Rejoin").waitFor();
    await().until(microphone::isClosed);
    int asked = microphone.asked();
    press("m");
    press(" ");
    alice.button("Rejoin").waitFor();
    assertThat(microphone.asked()).isEqualTo(asked);
    assertThat(microphone.isClosed()).isTrue();
  }

  @Test
  void theMicrophoneIsClosedWhenTheEdgeIsGoneForGood() {
    click("Join");
    microphone.awaitOpened(1);
    alice.button("Leave").waitFor();
    // What comes up in its place does not know the room.
    var answer =
        new Route.FulfillOptions()
            .setStatus(404)
            .setContentType("application/json")
            .setBody("{\"error\": \"room_not_found\", \"message\": \"There is no such room.\"}");
    alice.page().route("**/api/v1/session*", asked -> asked.fulfill(answer));
    edge.close();
    alice.button("Rejoin").waitFor();
    alice.page().getByText("There is no such room").waitFor();
    await().until(microphone::isClosed);
  }

  @Test
  void theMicrophoneIsClosedBeforeThePageGoesElsewhere() {
    click("Join");
    microphone.awaitOpened(1);
    alice.button("Leave").waitFor();
    // After the page's own listeners.
    alice
        .page()
        .evaluate(
            """
            () => addEventListener('pagehide', () => sessionStorage.setItem('tracks',
                microphone.tracks.map((track) => track.readyState).join()))
            """);
    alice.page().navigate(edge.url());
    assertThat(alice.page().evaluate("() => sessionStorage.getItem('tracks')")).isEqualTo("ended");
  }

  @Test
  void oneMayJoinBeforeTheMicrophoneIsAskedFor() {
    click("Join without microphone");
    alice.button("Unmute").waitFor();
    assertThat(microphone.asked()).isZero();
    click("Unmute");
    microphone.awaitOpened(1);
    alice.button("Mute").waitFor();
  }

  @Test
  void whatIsAllowedAfterOneHasLeftIsClosedAtOnce() {
    click("Join without microphone");
    alice.button("Unmute").waitFor();
    microphone.letBrowserAsk();
    click("Unmute");
    click("Leave");
    alice.button("Rejoin").waitFor();
    microphone.allow();
    microphone.awaitOpened(1);
    await().until(microphone::isClosed);
  }

  @Test
  void aSecondThoughtWhileTheBrowserAsksKeepsOneMuted() {
    click("Join without microphone");
    alice.button("Unmute").waitFor();
    microphone.letBrowserAsk();
    press("m");
    press("m");
    microphone.allow();
    microphone.awaitOpened(1);
    await().until(microphone::isClosed);
    assertThat(microphone.asked()).isEqualTo(1);
    assertThat(alice.button("Unmute").isVisible()).isTrue();
  }

  @Test
  void oneComesBackAsOneLeft() {
    click("Join");
    click("Mute");
    click("Deafen");
    click("Raise hand");
    alice.button("Lower hand").waitFor();
    click("Leave");
    click("Rejoin");

    alice.button("Unmute").waitFor();
    alice.button("Undeafen").waitFor();
    alice.button("Lower hand").waitFor();
    assertThat(microphone.isClosed()).isTrue();
    click("Unmute");
    alice.button("Mute").waitFor();
  }
}
