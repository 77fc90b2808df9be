package confab.e2e;

import confab.rig.browser.Chromium;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Somebody with a browser, from the first tab until all tests of a class have run. What a test
/// opened is closed after it.
final class Person implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private final Browsers.Kind kind;
  private final List<Tab> tabs = new ArrayList<>();
  private @Nullable Browsers browsers;
  private @Nullable Chromium browser;

  private Person(Optional<Voice> voice, String... arguments) {
    kind = new Browsers.Kind(voice, List.of(arguments));
  }

  /// Speaks all the time.
  ///
  /// @param arguments more of them for the browser
  Person(Voice voice, String... arguments) {
    this(Optional.of(voice), arguments);
  }

  /// Says nothing: for what is not about sound.
  ///
  /// @param arguments more of them for the browser
  static Person silent(String... arguments) {
    return new Person(Optional.empty(), arguments);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    browsers = Browsers.of(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    tabs.forEach(Tab::close);
    tabs.clear();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (browser != null) {
      Objects.requireNonNull(browsers).giveBack(kind, browser);
    }
  }

  Tab newTab() {
    if (browser == null) {
      browser = open();
    }
    Tab tab = browser.newTab();
    tabs.add(tab);
    return tab;
  }

  private Chromium open() {
    try {
      return Objects.requireNonNull(browsers).take(kind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
