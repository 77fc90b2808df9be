package confab.e2e;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What people in a room do besides speaking: write, show, raise hands, turn each other down.
class TogetherTest {
  @RegisterExtension static final Person BROWSER = new Person(new Voice(150));
  @RegisterExtension final OneEdge edge = new OneEdge();

  private Tab alice;
  private Tab bob;

  @BeforeEach
  void meet() throws Exception {
    alice = BROWSER.newTab().join(edge.meeting("alice"));
    bob = BROWSER.newTab().join(edge.meeting("bob"));
    alice.participant("bob").waitFor();
  }

  private static Locator messages(Tab tab) {
    return tab.page().getByRole(AriaRole.LOG).getByRole(AriaRole.LISTITEM);
  }

  private static void write(Tab tab, String text) {
    tab.page()
        .getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Write to everybody"))
        .fill(text);
    tab.page().keyboard().press("Enter");
  }

  @Test
  void whatIsWrittenIsReadByEverybodyAndNeverRun() {
    alice.button("Chat").click();
    write(alice, "<img src=x onerror=\"document.title='run'\"> see https://example.com/a.");
    messages(alice).first().waitFor();

    bob.button("Chat, 1 unread").click();
    assertThat(messages(bob).first().innerText())
        .contains("alice", "<img src=x onerror=", "see https://example.com/a.");
    Locator link = messages(bob).first().getByRole(AriaRole.LINK);
    assertThat(link.getAttribute("href")).isEqualTo("https://example.com/a");
    assertThat(bob.page().title()).doesNotContain("run");

    write(bob, "hello");
    await().until(() -> messages(alice).count() == 2);
    bob.page().keyboard().press("Escape");
    bob.button("Chat").waitFor();
    assertThat(alice.errors()).isEmpty();
    assertThat(bob.errors()).isEmpty();
  }

  @Test
  void aHandIsRaisedAndLowered() {
    alice.page().keyboard().press("h");
    alice.button("Lower hand").waitFor();
    bob.waitForStatus("alice raised a hand");
    Locator group =
        bob.page().getByRole(AriaRole.GROUP).and(bob.page().getByLabel("alice, Hand raised"));
    group.waitFor();
    alice.button("Lower hand").click();
    await().until(() -> group.count() == 0);
  }

  @Test
  void aReactionIsSeenByEverybodyForAMoment() {
    alice.button("React").click();
    alice.button("Applause").click();
    bob.waitForStatus("alice: Applause");
    bob.participant("alice").getByText("👏").waitFor();
    await().until(() -> bob.participant("alice").getByText("👏").count() == 0);
  }

  @Test
  void whoHoldsTheSpaceBarSpeaksWhileMuted() {
    alice.page().keyboard().press("m");
    bob.participant("alice").getByText("Muted").waitFor();
    alice.page().keyboard().down(" ");
    await().until(() -> bob.participant("alice").getByText("Muted").count() == 0);
    alice.page().keyboard().up(" ");
    bob.participant("alice").getByText("Muted").waitFor();
  }

  @Test
  void whoSpeaksWhileMutedIsToldSo() {
    alice.page().keyboard().press("m");
    alice.waitForStatus("You are muted.");
  }

  @Test
  void somebodyCanBeTurnedDownForOneself() {
    await().until(() -> bob.hear(1).audible() > 0.3);
    bob.button("Volume of alice").click();
    bob.page().getByLabel("Mute for me").check();
    await().until(() -> bob.hear(1).audible() < 0.02);
    bob.page().getByLabel("Mute for me").uncheck();
    await().until(() -> bob.hear(1).audible() > 0.3);
  }

  @Test
  void theConnectionPanelShowsHowItGoesAndCopiesIt() {
    bob.page().getByLabel("Connection details").click();
    bob.page().getByText("Play-out delay").waitFor();
    await()
        .until(
            () -> {
              bob.button("Copy diagnostics").click();
              return ((String) bob.page().evaluate("() => navigator.clipboard.readText()"))
                  .contains("\"kilobitsIn\"");
            });
    assertThat((String) bob.page().evaluate("() => navigator.clipboard.readText()"))
        .contains("\"transport\": \"webtransport\"");
  }

  @Test
  void theLinkIsThereToBeCopiedAndScanned() {
    alice.button("Share").click();
    alice
        .page()
        .getByRole(AriaRole.IMG, new Page.GetByRoleOptions().setName("QR code of the link"))
        .waitFor();
    alice.button("Copy link").click();
    await()
        .until(
            () ->
                ((String) alice.page().evaluate("() => navigator.clipboard.readText()"))
                    .endsWith("/meeting/demo"));
  }
}
