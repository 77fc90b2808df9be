package confab.rig.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// One tab of a browser, used as a person would: by the names of its buttons, and by ear.
public final class Tab implements AutoCloseable {
  private final Page page;
  private final List<String> errors = new CopyOnWriteArrayList<>();

  Tab(BrowserContext context) {
    page = context.newPage();
    page.addInitScript(Ear.SCRIPT);
    page.onPageError(errors::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            errors.add(message.text());
          }
        });
  }

  public Page page() {
    return page;
  }

  @Override
  public void close() {
    page.close();
  }

  /// Of a tab that has no page yet: what its browser's person reads.
  ///
  /// @param language as in `ru`
  public void speaks(String language) {
    page.addInitScript(
        "Object.defineProperty(navigator, 'languages', { get: () => ['%s'] })".formatted(language));
  }

  /// Everything the page complained of.
  public List<String> errors() {
    return errors;
  }

  public Tab join(String url) {
    page.navigate(url);
    button("Join").click();
    try {
      button("Leave").waitFor();
    } catch (TimeoutError e) {
      throw new AssertionError(
          "not joined; the page shows: "
              + page.getByRole(AriaRole.MAIN).allInnerTexts()
              + "; errors: "
              + errors,
          e);
    }
    return this;
  }

  public Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  public Locator participant(String name) {
    return page.getByRole(
            AriaRole.LIST, new Page.GetByRoleOptions().setName("Participants").setExact(true))
        .getByRole(AriaRole.LISTITEM)
        .filter(new Locator.FilterOptions().setHasText(name));
  }

  /// What the page says of its connection and of who comes and goes.
  public String status() {
    return page.getByRole(AriaRole.STATUS).innerText();
  }

  public void waitForStatus(String text) {
    page.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText(text)).waitFor();
  }

  /// Listens for so long and returns what the page played meanwhile.
  public Sound hear(double seconds) {
    return hear(seconds, List.of(this)).getFirst();
  }

  /// Listens in all tabs at once; what each of them played, in their order.
  public static List<Sound> hear(double seconds, List<Tab> tabs) {
    tabs.forEach(tab -> tab.page.evaluate("() => { heard.chunks.length = 0; }"));
    return tabs.stream().map(tab -> tab.heard(seconds)).toList();
  }

  private Sound heard(double seconds) {
    page.waitForFunction(Ear.HEARD_FOR, seconds);
    byte[] bytes = Base64.getDecoder().decode((String) page.evaluate(Ear.HEARD));
    return Sound.of(bytes, ((Number) page.evaluate("() => heard.rate")).intValue());
  }
}
