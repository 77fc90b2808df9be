package confab.e2e;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import confab.frames.Rate;
import confab.participant.Session;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import confab.participant.Transport;
import confab.rig.browser.Tab;
import confab.room.RoomLimits;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a person does with the pages, besides hearing.
class PageTest {
  @RegisterExtension static final Person BROWSER = Person.silent();
  @RegisterExtension final OneEdge edge = new OneEdge();

  @Test
  void aRoomIsMadeAndItsLinkIsHandedOn() {
    Tab tab = BROWSER.newTab();
    tab.page().navigate(url("/"));
    tab.button("Create room").click();
    tab.page().waitForURL(Pattern.compile(".*/meeting/.*[a-z]+-[a-z]+(-[0-9a-z]{4}){3}.*"));
    tab.page().getByRole(AriaRole.TEXTBOX).fill("Алиса Б.");
    tab.button("Join").click();
    tab.participant("Алиса Б.").waitFor();

    tab.button("Share").click();
    tab.button("Copy link").click();
    String link = (String) tab.page().evaluate("() => navigator.clipboard.readText()");
    assertThat(link).startsWith(url("/meeting/"));
    Tab other = BROWSER.newTab();
    other.page().navigate(link);
    other.page().getByRole(AriaRole.TEXTBOX).fill("Bob");
    other.button("Join").click();
    other.participant("Алиса Б.").waitFor();
    assertThat(other.participant("(you)").count()).isEqualTo(1);
    assertThat(tab.errors()).isEmpty();
  }

  @Test
  void aNameIsChangedInPlaceAndEverybodySeesIt() {
    Tab alice = BROWSER.newTab().join(edge.meeting("alice"));
    Tab bob = BROWSER.newTab().join(edge.meeting("bob"));
    alice.button("Rename").click();
    alice.page().getByRole(AriaRole.TEXTBOX).fill("Ada");
    alice.page().keyboard().press("Enter");
    bob.participant("Ada").waitFor();
  }

  @Test
  void aNameThatCannotBeSeenIsRefusedWithAReason() {
    Tab tab = BROWSER.newTab();
    tab.page().navigate(url("/meeting/demo"));
    tab.page().getByRole(AriaRole.TEXTBOX).fill("\u200b\u3164");
    tab.button("Join").click();
    tab.page().getByText("A name needs a character that can be seen.").waitFor();
    tab.page().getByRole(AriaRole.TEXTBOX).fill("Ann");
    tab.button("Join").click();
    tab.button("Rename").click();
    tab.page().getByRole(AriaRole.TEXTBOX).fill("\u2800");
    tab.page().keyboard().press("Enter");
    tab.page().getByText("A name needs a character that can be seen.").waitFor();
    tab.page().getByRole(AriaRole.TEXTBOX).fill("Ada");
    tab.page().keyboard().press("Enter");
    tab.participant("Ada").waitFor();
  }

  @Test
  void aHostileNameIsShownAndNotRun() throws Exception {
    Tab tab = BROWSER.newTab().join(edge.meeting("alice"));
    String hostile = "<img src=x onerror=\"document.title='run'\">";
    var config =
        new SessionConfig(edge.url(), "demo", "evil", Transport.WEBSOCKET).withName(hostile);
    try (var evil = Session.join(config, new SessionListener() {})) {
      tab.participant(hostile).waitFor();
      assertThat(evil.isOpen()).isTrue();
      assertThat(tab.page().title()).doesNotContain("run");
      assertThat(tab.page().locator("img").count()).isZero();
      // What would turn the line around is refused by the edge, so the name is as before.
      evil.rename("\u202Eecila");
      evil.rename("أليس");
      tab.participant("أليس").waitFor();
    }
  }

  @Test
  void everythingCanBeDoneFromTheKeyboard() {
    Tab tab = BROWSER.newTab();
    tab.page().navigate(edge.meeting("alice"));
    tab.button("Join").focus();
    tab.page().keyboard().press("Enter");
    tab.button("Leave").waitFor();
    tab.page().keyboard().press("m");
    tab.button("Unmute").waitFor();
    tab.page().keyboard().press("d");
    tab.button("Undeafen").waitFor();
    tab.button("Leave").focus();
    tab.page().keyboard().press("Enter");
    tab.button("Rejoin").waitFor();
  }

  @Test
  void whyOneCannotJoinIsSaid() throws Exception {
    RoomLimits limits = RoomLimits.defaults().with(it -> it.roomCreations = new Rate(0.001, 1));
    edge.restart(Tool.edgeConfig().withLimits(limits));
    Tab tab = BROWSER.newTab();
    Microphone microphone = Microphone.of(tab);
    tab.join(url("/meeting/alice/first"));
    tab.page().navigate(url("/meeting/alice/second"));
    tab.button("Join").click();
    tab.page().getByText("Too many new rooms from your address").first().waitFor();
    microphone.awaitOpened(1);
    await().until(microphone::isClosed);
  }

  private String url(String path) {
    return edge.url() + path;
  }
}
