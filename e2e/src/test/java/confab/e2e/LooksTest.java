package confab.e2e;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import confab.edge.Edge;
import confab.participant.Session;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import confab.participant.Transport;
import confab.protocol.Request;
import confab.rig.browser.Chromium;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Every state that a person sees, on every kind of screen; see [Looks].
class LooksTest {
  @RegisterExtension static final Person BROWSER = Person.silent();

  private static final List<String> OTHERS =
      List.of("Grace Hopper", "Jean-Baptiste Joseph Fourier", "Linus Pauling");

  @Test
  void everyStateFitsEveryScreenAndStandsInNobodysWay() throws Exception {
    List<Session> others = new ArrayList<>();
    try (Edge edge = Edge.start(Tool.edgeConfig());
        Chromium browser =
            Chromium.speaking(new Voice(150), "--host-resolver-rules=MAP phone.test 127.0.0.1");
        Tab tab = browser.newTab()) {
      String url = "http://localhost:" + edge.httpAddress().getPort();
      for (String name : OTHERS) {
        others.add(Session.join(config(url, name), new SessionListener() {}));
      }
      others.getLast().mute(true);
      walk(tab, url);
      assertThat(tab.errors()).isEmpty();
      walkAstray(tab, edge.httpAddress().getPort());
    } finally {
      others.forEach(Session::close);
    }
  }

  @Test
  void whoLooksLikeSomebodyElseIsMarkedOnEveryScreen() throws Exception {
    // The first letter is Cyrillic.
    String other = "\u0410da";
    try (Edge edge = Edge.start(Tool.edgeConfig());
        Tab english = BROWSER.newTab();
        Tab russian = BROWSER.newTab()) {
      String url = "http://localhost:" + edge.httpAddress().getPort();
      english.join(url + "/meeting/Ada/demo");
      var config = new SessionConfig(url, "demo", "other", Transport.WEBSOCKET).withName(other);
      try (Session session = Session.join(config, new SessionListener() {})) {
        var mark = "Somebody else goes by a name like this";
        showMark(english, session, mark, "Chat", "People (2)", "Volume of " + other);
        look(english, "lookalike-english-people");
        russian.speaks("ru");
        russian.page().navigate(url + "/meeting/Vera/demo");
        russian.button("Войти").click();
        mark = "Похожее имя есть у кого-то другого";
        showMark(russian, session, mark, "Чат", "Люди (3)", "Громкость: " + other);
      }
    }
  }

  /// On the stage, beside what is said, in the list, and in words.
  private static void showMark(
      Tab tab, Session lookalike, String mark, String chat, String people, String menu)
      throws IOException {
    String state = "lookalike-" + (chat.equals("Chat") ? "english" : "russian");
    Locator marks = tab.page().getByTitle(mark);
    marks.waitFor();
    Looks.fit(tab, state);
    tab.button(menu).click();
    tab.page().getByRole(AriaRole.DIALOG).getByText(mark).waitFor();
    Looks.fit(tab, state + "-menu");
    tab.page().keyboard().press("Escape");
    tab.button(chat).click();
    lookalike.request(new Request.Say("hello"));
    await().until(() -> marks.count() == 2);
    Looks.fit(tab, state + "-chat");
    tab.button(people).click();
    await().until(() -> marks.count() == 2);
    Looks.fit(tab, state + "-people");
  }

  private static void walk(Tab tab, String url) throws IOException {
    tab.page().navigate(url + "/");
    tab.button("Create room").waitFor();
    look(tab, "start");
    tab.page().navigate(url + "/meeting/Ada/demo");
    tab.button("Join").waitFor();
    look(tab, "join");
    tab.button("Join").click();
    tab.participant("Speaking").first().waitFor();
    tab.participant("Muted").first().waitFor();
    look(tab, "meeting");
    for (String panel : List.of("People (4)", "Chat", "Share", "Settings")) {
      tab.button(panel).click();
      tab.button("Close").waitFor();
      look(tab, panel.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""));
      tab.button("Close").click();
    }
    tab.page().getByLabel("Connection details").click();
    tab.page().getByText("Play-out delay").waitFor();
    look(tab, "connection");
    tab.button("Close").click();
    tab.button("React").click();
    look(tab, "reactions");
    tab.page().keyboard().press("Escape");
    tab.button("Raise hand").click();
    tab.button("Volume of Grace Hopper").click();
    tab.page().getByText("Mute for me").waitFor();
    look(tab, "volume");
    tab.page().keyboard().press("Escape");
    tab.button("Leave").click();
    tab.button("Rejoin").waitFor();
    look(tab, "left");
  }

  private static void walkAstray(Tab tab, int port) throws IOException {
    tab.page().navigate("http://localhost:" + port + "/nowhere");
    tab.page().getByText("There is nothing").waitFor();
    look(tab, "unknown");
    tab.page().navigate("http://localhost:" + port + "/meeting/🙂🙂");
    tab.page().getByText("This cannot be").waitFor();
    look(tab, "no-room");
    tab.page().navigate("http://localhost:" + port);
    tab.page().getByLabel("Room name or link").fill("🙂");
    tab.button("Join room").click();
    tab.page().getByText("it cannot be the name of one").waitFor();
    look(tab, "no-room-typed");
    tab.page().navigate("http://phone.test:" + port + "/meeting/Ada/demo");
    tab.page().getByText("Open the https address").waitFor();
    look(tab, "insecure");
  }

  private static void look(Tab tab, String state) throws IOException {
    Looks.look(tab, state);
  }

  private static SessionConfig config(String url, String name) {
    return new SessionConfig(url, "demo", Looks.userOf(name), Transport.WEBSOCKET).withName(name);
  }
}
