package confab.e2e;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import confab.participant.Session;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import confab.participant.Transport;
import confab.protocol.Request;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A call in the hands of people who use the keyboard, a screen reader, or neither.
class CallScreenTest {
  @RegisterExtension static final Person BROWSER = Person.silent();
  @RegisterExtension static final Person SPEAKER = new Person(new Voice(150));
  @RegisterExtension final OneEdge edge = new OneEdge();

  /// What has the focus, through shadow roots: its accessible name or its text.
  private static final String FOCUSED =
      """
      () => {
        let e = document.activeElement;
        while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
        return e.ariaLabel ?? e.textContent.trim();
      }
      """;

  private Tab alice;

  @BeforeEach
  void open() {
    alice = BROWSER.newTab();
  }

  private void press(String... keys) {
    for (String key : keys) {
      alice.page().keyboard().press(key);
    }
  }

  private void awaitFocus(String name) {
    await().until(() -> alice.page().evaluate(FOCUSED).equals(name));
  }

  @Test
  void theKeyboardIsWhereOneIs() {
    alice.join(edge.meeting("alice"));
    awaitFocus("You are alone here");
    press("Tab");
    awaitFocus("Connection details, Good connection");
    press("Tab");
    awaitFocus("Mute");
    press("Shift+Tab", "Enter");
    awaitFocus("Connection");
    press("Escape");
    awaitFocus("Connection details, Good connection");
    alice.button("Rename").focus();
    press("Enter");
    awaitFocus("Your name");
    press("Escape");
    awaitFocus("Rename");
    alice.button("React").focus();
    press("Enter");
    alice.button("Applause").focus();
    press("Enter");
    awaitFocus("React");
    for (String panel : List.of("Chat", "Share", "Settings")) {
      alice.button(panel).focus();
      press("Enter");
      awaitFocus(panel.equals("Chat") ? "Write to everybody" : panel);
      press("Escape");
      awaitFocus(panel);
      assertThat(alice.button("Close").count()).isZero();
    }
    alice.button("Leave").focus();
    press("Enter");
    await().until(() -> alice.page().evaluate(FOCUSED).toString().contains("You left the room"));
  }

  @Test
  void whatKeysDoIsReadOut() throws Exception {
    alice.join(edge.meeting("alice"));
    press("m");
    alice.waitForStatus("Microphone off.");
    press("d");
    alice.waitForStatus("Sound off.");
    assertThat(alice.page().title()).isEqualTo("demo · Muted · Confab");
    var bob = new SessionConfig(edge.url(), "demo", "bob", Transport.WEBSOCKET);
    try (Session writer = Session.join(bob, new SessionListener() {})) {
      writer.request(new Request.Say("Hello"));
      alice.waitForStatus("bob: Hello");
    }
    await().until(() -> alice.page().title().equals("(1) demo · Muted · Confab"));
  }

  @Test
  void thePageSaysItsLanguage() {
    try (Tab boris = BROWSER.newTab()) {
      boris.speaks("ru");
      boris.page().navigate(edge.meeting("boris"));
      boris.button("Войти").waitFor();
      assertThat(boris.page().getAttribute("html", "lang")).isEqualTo("ru");
    }
    alice.page().navigate(edge.meeting("alice"));
    assertThat(alice.page().getAttribute("html", "lang")).isEqualTo("en");
  }

  @Test
  void whatOpensClosesOnAClickElsewhereAndMovesNothing() {
    alice.join(edge.meeting("alice"));
    await().until(() -> alice.participant("alice").boundingBox().width > 0);
    var tile = alice.participant("alice").boundingBox();
    alice.button("React").click();
    alice.button("Applause").waitFor();
    assertThat(alice.participant("alice").boundingBox()).usingRecursiveComparison().isEqualTo(tile);
    alice.page().getByRole(AriaRole.HEADING).click();
    await().until(() -> !alice.button("Applause").isVisible());
    alice.button("Rename").click();
    alice.button("Save").waitFor();
    alice.page().getByRole(AriaRole.HEADING).first().click();
    await().until(() -> !alice.button("Save").isVisible());
  }

  @Test
  void mutingOneGuestMutesThatGuestOnly() throws Exception {
    alice.join(edge.meeting("alice"));
    var anna = new SessionConfig(edge.url(), "demo", "guest", Transport.WEBSOCKET).withName("Анна");
    try (Session _ = Session.join(anna, new SessionListener() {});
        Session _ = Session.join(anna, new SessionListener() {})) {
      await().until(() -> alice.participant("Анна").count() == 2);
      alice.button("Volume of Анна").first().click();
      alice.page().getByLabel("Mute for me").check();
      await().until(() -> alice.participant("Muted for you").count() == 1);
      alice.page().reload();
      await().until(() -> alice.participant("Анна").count() == 2);
      await().until(() -> alice.participant("Muted for you").count() == 1);
    }
  }

  @Test
  void nothingInACallLeavesItByAccident() {
    alice.join(edge.meeting("alice"));
    assertThat(alice.page().getByRole(AriaRole.LINK).count()).isZero();
  }

  @Test
  void whatCannotBeCopiedIsShown() {
    alice
        .page()
        .addInitScript("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))");
    alice.join(edge.meeting("alice"));
    alice.button("Copy link").click();
    alice.page().getByText("Copy this by hand").waitFor();
    assertThat(alice.page().getByLabel("Copy link").last().inputValue()).endsWith("/meeting/demo");
    alice.page().getByLabel("Connection details").click();
    alice.button("Copy diagnostics").click();
    await()
        .until(
            () -> alice.page().getByLabel("Copy diagnostics").last().inputValue().startsWith("{"));
  }

  @Test
  void whoIsTiredOfWaitingForAnEdgeCancels() {
    alice.page().route("**/api/v1/session*", hanging -> {});
    Microphone microphone = Microphone.of(alice);
    alice.page().navigate(edge.meeting("alice"));
    alice.button("Join").click();
    microphone.awaitOpened(1);
    alice.button("Cancel").click();
    alice.button("Join").waitFor();
    assertThat(alice.button("Join").isEnabled()).isTrue();
    assertThat(alice.button("Cancel").count()).isZero();
    await().until(microphone::isClosed);
  }

  @Test
  void nobodySpeaksInAnOutage() {
    Tab speaker = SPEAKER.newTab().join(edge.meeting("alice"));
    speaker.participant("Speaking").waitFor();
    edge.close();
    speaker.page().getByText("The connection is lost. Reconnecting…").waitFor();
    await().until(() -> speaker.participant("Speaking").count() == 0);
  }

  @Test
  void theKeysOfAHeadsetMuteAndHangUp() {
    alice
        .page()
        .addInitScript(
            """
            const keys = (globalThis.keys = {});
            MediaSession.prototype.setActionHandler = (key, act) => { keys[key] = act; };
            """);
    alice.join(edge.meeting("alice"));
    alice.page().evaluate("() => keys.togglemicrophone()");
    alice.button("Unmute").waitFor();
    alice.page().evaluate("() => keys.hangup()");
    alice.button("Rejoin").waitFor();
    assertThat(alice.page().evaluate("() => keys.hangup")).isNull();
  }
}
