package confab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import confab.rig.Project;
import confab.rig.browser.Tab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Looks at a page on every kind of screen: everything fits, nothing lies on anything, and axe
/// (https://github.com/dequelabs/axe-core) finds nothing against WCAG 2.2 AA.
final class Looks {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /// Pictures take as long as all the rest: `-Dscreenshots` makes them for people to look at.
  private static final boolean ALWAYS = System.getProperty("screenshots") != null;

  private static final Path AXE = Project.ROOT.resolve("web-ui/node_modules/axe-core/axe.min.js");
  private static final String VIOLATIONS =
      """
      async () => (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',
          'wcag22aa', 'best-practice'] })).violations.flatMap((violation) => violation.nodes.map(
          (node) => `${violation.id}: ${node.target} ${node.failureSummary}`))
      """;

  /// @param judged whether axe looks, too: once in each colour scheme and at each width
  private record Screen(String name, ColorScheme scheme, int width, int height, boolean judged) {}

  private static final List<Screen> SCREENS =
      List.of(
          new Screen("light", ColorScheme.LIGHT, 1280, 800, true),
          new Screen("dark", ColorScheme.DARK, 1280, 800, false),
          new Screen("phone", ColorScheme.LIGHT, 390, 844, false),
          new Screen("small-phone", ColorScheme.DARK, 360, 640, true),
          new Screen("lying-phone", ColorScheme.LIGHT, 844, 390, false),
          // A window of 1280 by 800 at 200 %, as a browser lays it out.
          new Screen("zoomed", ColorScheme.LIGHT, 640, 400, false));

  private static final String CONTROLS = "button, input, textarea, select, a, summary, .card";

  /// Of some elements those that reach beyond the window, also where a parent cuts them off.
  private static final String CUT_OFF =
      """
      (all) => all.filter((e) => e.checkVisibility({ visibilityProperty: true }))
          .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
          .map((e) => e.outerHTML.slice(0, 100))
      """;

  /// Of some elements the pairs of which one lies on the other. What scrolls away under a parent is
  /// not there, and what the browser closes on a click elsewhere (a popover) is a layer of its own.
  private static final String ON_EACH_OTHER =
      """
      (all) => {
        const parent = (e) => e.assignedSlot ?? e.parentElement ?? e.getRootNode().host ?? null;
        const shown = (e) => {
          let { left, top, right, bottom } = e.getBoundingClientRect();
          for (let p = parent(e); p; p = parent(p)) {
            if (getComputedStyle(p).overflowY === 'visible') continue;
            const clip = p.getBoundingClientRect();
            left = Math.max(left, clip.left); right = Math.min(right, clip.right);
            top = Math.max(top, clip.top); bottom = Math.min(bottom, clip.bottom);
          }
          return { left, top, right, bottom };
        };
        const layer = (e) => {
          for (let p = e; p; p = parent(p)) if (p.matches('[popover]')) return p;
          return null;
        };
        const holds = (outer, e) => {
          for (let p = e; p; p = parent(p)) if (p === outer) return true;
          return false;
        };
        const there = all.filter((e) => e.checkVisibility({ visibilityProperty: true }))
            .map((e) => ({ e, at: shown(e), layer: layer(e) }))
            .filter(({ at }) => at.right - at.left > 1 && at.bottom - at.top > 1);
        const covers = (one, other) => Math.min(one.at.right, other.at.right)
            - Math.max(one.at.left, other.at.left) > 1 && Math.min(one.at.bottom, other.at.bottom)
            - Math.max(one.at.top, other.at.top) > 1;
        const name = ({ e }) => e.getAttribute('aria-label') ?? e.textContent.trim();
        return there.flatMap((one, index) => there.slice(index + 1)
            .filter((other) => one.layer === other.layer && covers(one, other)
                && !holds(one.e, other.e) && !holds(other.e, one.e))
            .map((other) => `${name(one)} and ${name(other)}`));
      }
      """;

  private Looks() {}

  /// Judges what the tab shows now, and leaves a screenshot of a screen that does not pass.
  static void look(Tab tab, String state) throws IOException {
    look(tab, state, true);
  }

  /// The same without axe, for states that differ in numbers only from one that axe has seen.
  static void fit(Tab tab, String state) throws IOException {
    look(tab, state, false);
  }

  private static void look(Tab tab, String state, boolean judge) throws IOException {
    // A page in the back is drawn once a second.
    tab.page().bringToFront();
    for (Screen screen : SCREENS) {
      String where = state + "-" + screen.name;
      show(tab, screen);
      if (ALWAYS) {
        takeScreenshot(tab, where);
      }
      try {
        check(tab, where);
        if (judge && screen.judged) {
          if (!(Boolean) tab.page().evaluate("() => 'axe' in window")) {
            tab.page().evaluate(Files.readString(AXE));
          }
          assertThat((List<?>) tab.page().evaluate(VIOLATIONS)).as(where).isEmpty();
        }
      } catch (AssertionError e) {
        takeScreenshot(tab, where);
        throw e;
      }
    }
    show(tab, SCREENS.getFirst());
  }

  private static void check(Tab tab, String where) {
    assertThat((List<?>) tab.page().locator(CONTROLS).evaluateAll(CUT_OFF))
        .as("cut off in %s", where)
        .isEmpty();
    assertThat((List<?>) tab.page().locator(CONTROLS + ", .notices li").evaluateAll(ON_EACH_OTHER))
        .as("on each other in %s", where)
        .isEmpty();
    assertThat(tab.page().evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
        .as("no scrolling sideways in " + where)
        .isEqualTo(true);
  }

  private static void takeScreenshot(Tab tab, String where) {
    var picture = new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(where + ".png"));
    tab.page().screenshot(picture);
  }

  private static void show(Tab tab, Screen screen) {
    // A page that fades is judged by colours that are on their way.
    tab.page()
        .emulateMedia(
            new Page.EmulateMediaOptions()
                .setColorScheme(screen.scheme)
                .setReducedMotion(ReducedMotion.REDUCE));
    tab.page().setViewportSize(screen.width, screen.height);
    // The stage is arranged when the browser has measured it.
    tab.page().evaluate("() => new Promise((r) => requestAnimationFrame(() => setTimeout(r)))");
  }

  /// A name as a user id.
  static String userOf(String name) {
    return name.toLowerCase(Locale.ROOT).replace(' ', '.');
  }
}
