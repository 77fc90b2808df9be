package confab.e2e;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import confab.edge.Edge;
import confab.participant.Session;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import confab.participant.Transport;
import confab.protocol.Request;
import confab.rig.browser.Tab;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The same call with one person, with two, with five and thirty: whoever speaks or raises a hand
/// is in view, everybody is found, and the page never gets longer than its window.
class CrowdTest {
  @RegisterExtension static final Person BROWSER = Person.silent();

  private static final List<String> NAMES =
      List.of("Grace Hopper", "Jean-Baptiste Joseph Fourier", "Linus Pauling", "Анна Ахматова");

  /// Panels, and the buttons that open them.
  private static final Map<String, String> RUSSIAN_PANELS =
      Map.of(
          "people", "Люди (31)",
          "chat", "Чат",
          "share", "Поделиться",
          "settings", "Настройки",
          "connection", "Подробности соединения");

  private final List<Session> others = new ArrayList<>();

  @Test
  void aCallLooksRightWithAnyNumberOfPeople() throws Exception {
    try (Edge edge = Edge.start(Tool.edgeConfig());
        Tab alice = BROWSER.newTab();
        Tab boris = BROWSER.newTab()) {
      String url = "http://localhost:" + edge.httpAddress().getPort();
      alice.join(url + "/meeting/Alice/demo");
      for (int people : List.of(1, 2, 5, 30)) {
        fill(alice, url, people);
        Looks.fit(alice, "people-" + people);
      }
      boris.speaks("ru");
      boris.page().navigate(url + "/meeting/Boris/demo");
      boris.button("Войти").click();
      boris.button("Выйти").waitFor();
      Looks.fit(boris, "people-31-russian");
      for (var panel : RUSSIAN_PANELS.entrySet()) {
        boris.page().getByLabel(panel.getValue()).first().click();
        Looks.fit(boris, panel.getKey() + "-russian");
        boris.page().keyboard().press("Escape");
      }
      boris.close();
      fill(alice, url, 30);
      assertThat(
              alice.page().evaluate("() => document.documentElement.scrollHeight <= innerHeight"))
          .isEqualTo(true);
      theLastOfThemSpeaksAndRaisesAHand(alice, url);
      everybodyIsFound(alice);
      assertThat(alice.errors()).isEmpty();
    } finally {
      others.forEach(Session::close);
    }
  }

  private void fill(Tab alice, String url, int people) throws Exception {
    while (others.size() + 1 < people) {
      int number = others.size();
      String name = number < NAMES.size() ? NAMES.get(number) : "Listener " + number;
      var config = new SessionConfig(url, "demo", "someone", Transport.WEBSOCKET).withName(name);
      Session other = Session.join(config, new SessionListener() {});
      other.mute(number % 2 == 1);
      others.add(other);
    }
    alice.button("People (%d)".formatted(people)).waitFor();
  }

  private void theLastOfThemSpeaksAndRaisesAHand(Tab alice, String url) throws Exception {
    assertThat(alice.participant("Listener 28").count()).isZero();
    try (Robot speaker =
        Robot.join(
            new SessionConfig(url, "demo", "robot", Transport.WEBSOCKET).withName("Robot"))) {
      speaker.speak();
      alice.participant("Robot").waitFor();
    }
    others.getLast().request(new Request.RaiseHand(true));
    alice.participant("Listener 28").waitFor();
    others.get(20).request(new Request.RaiseHand(true));
    alice.participant("Listener 20").waitFor();
  }

  private static void everybodyIsFound(Tab alice) {
    alice.button("People (30)").click();
    Locator hands =
        alice.page().getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Raised hands"));
    assertThat(hands.getByRole(AriaRole.LISTITEM).allInnerTexts())
        .satisfiesExactly(
            first -> assertThat(first).contains("Listener 28"),
            second -> assertThat(second).contains("Listener 20"));
    alice.page().getByLabel("Find people").fill("ахматова");
    Locator everybody =
        alice.page().getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Everybody"));
    await().until(() -> everybody.getByRole(AriaRole.LISTITEM).count() == 1);
    assertThat(everybody.innerText()).contains("Анна Ахматова");
    alice.button("Close").click();
    alice.button("Next page").click();
    await().until(() -> alice.participant("Listener").count() > 0);
  }
}
