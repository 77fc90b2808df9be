package confab.e2e;

import confab.rig.browser.Chromium;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Somebody with a voice and a browser, which is open while the tests of a class run. What a test
/// opened is closed after it.
final class Person implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private final Voice voice;
  private final String[] arguments;
  private final List<Tab> tabs = new ArrayList<>();
  private @Nullable Chromium browser;

  /// @param arguments more of them for the browser
  Person(Voice voice, String... arguments) {
    this.voice = voice;
    this.arguments = arguments;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    browser = Chromium.speaking(voice, arguments);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    tabs.forEach(Tab::close);
    tabs.clear();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (browser != null) {
      browser.close();
    }
  }

  Voice voice() {
    return voice;
  }

  Tab newTab() {
    Tab tab = Objects.requireNonNull(browser).newTab();
    tabs.add(tab);
    return tab;
  }
}
