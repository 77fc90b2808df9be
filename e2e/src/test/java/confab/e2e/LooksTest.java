package confab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import confab.edge.Edge;
import confab.participant.Session;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import confab.participant.Transport;
import confab.rig.Project;
import confab.rig.browser.Chromium;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Every state that a person sees, on every kind of screen: it fits, and axe
/// (https://github.com/dequelabs/axe-core) finds nothing against WCAG 2.2 AA.
class LooksTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Path AXE = Project.ROOT.resolve("web-ui/node_modules/axe-core/axe.min.js");
  private static final String VIOLATIONS =
      """
      async () => (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',
          'wcag22aa', 'best-practice'] })).violations.flatMap((violation) => violation.nodes.map(
          (node) => `${violation.id}: ${node.target} ${node.failureSummary}`))
      """;

  /// @param judged whether axe looks, too: once in each colour scheme and at each width
  private record Screen(ColorScheme scheme, int width, int height, boolean judged) {
    @Override
    public String toString() {
      return scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
    }
  }

  private static final List<Screen> SCREENS =
      List.of(
          new Screen(ColorScheme.LIGHT, 1280, 800, true),
          new Screen(ColorScheme.DARK, 1280, 800, false),
          new Screen(ColorScheme.LIGHT, 390, 844, false),
          new Screen(ColorScheme.DARK, 360, 740, true));

  /// Of some elements those that reach beyond the window, also where a parent cuts them off.
  private static final String CUT_OFF =
      """
      (all) => all.filter((e) => e.checkVisibility())
          .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
          .map((e) => e.outerHTML.slice(0, 100))
      """;

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
    for (String panel : List.of("Chat", "Share", "Settings")) {
      tab.button(panel).click();
      tab.button("Close").waitFor();
      look(tab, panel.toLowerCase(Locale.ROOT));
      tab.button("Close").click();
    }
    tab.page().getByLabel("Connection details").click();
    tab.page().getByText("Play-out delay").waitFor();
    look(tab, "connection");
    tab.button("Close").click();
    tab.button("React").click();
    look(tab, "reactions");
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
    tab.page().getByRole(AriaRole.TEXTBOX).fill("🙂");
    tab.button("Join room").click();
    tab.page().getByText("it cannot be the name of one").waitFor();
    look(tab, "no-room-typed");
    tab.page().navigate("http://phone.test:" + port + "/meeting/Ada/demo");
    tab.page().getByText("Open the https address").waitFor();
    look(tab, "insecure");
  }

  private static void look(Tab tab, String state) throws IOException {
    for (Screen screen : SCREENS) {
      String where = state + "-" + screen;
      // A page that fades is judged by colours that are on their way.
      tab.page()
          .emulateMedia(
              new Page.EmulateMediaOptions()
                  .setColorScheme(screen.scheme)
                  .setReducedMotion(ReducedMotion.REDUCE));
      tab.page().setViewportSize(screen.width, screen.height);
      tab.page()
          .screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(where + ".png")));
      assertThat((List<?>) tab.page().locator("button, input, a, .card").evaluateAll(CUT_OFF))
          .as("cut off in %s", where)
          .isEmpty();
      assertThat(tab.page().evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
          .as("no scrolling sideways in " + where)
          .isEqualTo(true);
      if (screen.judged) {
        tab.page().evaluate(Files.readString(AXE));
        assertThat((List<?>) tab.page().evaluate(VIOLATIONS)).as(where).isEmpty();
      }
    }
  }

  private static SessionConfig config(String url, String name) {
    String user = name.toLowerCase(Locale.ROOT).replace(' ', '.');
    return new SessionConfig(url, "demo", user, Transport.WEBSOCKET).withName(name);
  }
}
