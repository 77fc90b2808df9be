package confab.e2e;

import confab.rig.browser.Firefox;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A Firefox for the tests of a class, from the first that asks for it. Its one tab is empty again
/// after each.
final class Fox implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private @Nullable Browsers browsers;
  private @Nullable Firefox browser;

  @Override
  public void beforeAll(ExtensionContext context) {
    browsers = Browsers.of(context);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    if (browser != null) {
      browser.navigate("about:blank");
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (browser != null) {
      Objects.requireNonNull(browsers).giveBack(browser);
    }
  }

  Firefox browser() throws Exception {
    if (browser == null) {
      browser = Objects.requireNonNull(browsers).takeFirefox();
    }
    return browser;
  }
}
