package confab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import confab.edge.Edge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What axe (https://github.com/dequelabs/axe-core) finds against WCAG 2.2 AA, in every state a
/// person sees.
class AccessibilityTest {
  private static final Path AXE = Tool.ROOT.resolve("web-ui/node_modules/axe-core/axe.min.js");
  private static final String VIOLATIONS =
      """
      async () => (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',
          'wcag22aa', 'best-practice'] })).violations.flatMap((violation) => violation.nodes.map(
          (node) => `${violation.id}: ${node.target} ${node.failureSummary}`))
      """;

  private static Chromium browser;
  private Edge edge;
  private Tab tab;

  @BeforeAll
  static void openBrowser() throws Exception {
    browser = Chromium.speaking(new Voice(150));
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @BeforeEach
  void start() throws Exception {
    edge = Edge.start(Tool.edgeConfig());
    tab = browser.newTab();
  }

  @AfterEach
  void stop() {
    tab.page().close();
    edge.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void nothingStandsInAnybodysWay(ColorScheme scheme) throws Exception {
    // A page that fades is judged by colours that are on their way.
    tab.page()
        .emulateMedia(
            new Page.EmulateMediaOptions()
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE));
    String url = "http://localhost:" + edge.httpAddress().getPort();
    tab.page().navigate(url + "/");
    tab.button("Create room").waitFor();
    assertNoViolations("start page");

    tab.page().navigate(url + "/meeting/Ada/demo");
    tab.button("Join").waitFor();
    assertNoViolations("join card");

    tab.join(url + "/meeting/Ada/demo");
    tab.participant("Ada").waitFor();
    assertNoViolations("room");
    for (String panel : List.of("Chat", "Share", "Settings")) {
      tab.button(panel).click();
      tab.button("Close").waitFor();
      assertNoViolations(panel);
      tab.button(panel).click();
    }
    tab.button("React").click();
    assertNoViolations("reactions");
    tab.button("Leave").click();
    tab.button("Rejoin").waitFor();
    assertNoViolations("after the call");
  }

  private void assertNoViolations(String where) throws Exception {
    tab.page().evaluate(Files.readString(AXE));
    assertThat((List<?>) tab.page().evaluate(VIOLATIONS)).as(where).isEmpty();
  }
}
