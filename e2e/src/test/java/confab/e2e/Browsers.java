package confab.e2e;

import confab.rig.browser.Chromium;
import confab.rig.browser.Firefox;
import confab.rig.browser.Voice;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// The browsers of all tests, since one takes seconds to start. Whoever takes one has it alone
/// until it is given back; those that nobody has are open until the last test has run.
///
/// Nothing stays in them from one to the next: the ports of every edge are new, and so, to a
/// browser, is everything it serves.
final class Browsers implements AutoCloseable {
  /// What a browser cannot change once it runs.
  ///
  /// @param voice of its microphone; without one it is silent
  /// @param arguments more of them
  record Kind(Optional<Voice> voice, List<String> arguments) {
    private Chromium start() throws IOException {
      String[] more = arguments.toArray(String[]::new);
      return voice.isPresent() ? Chromium.speaking(voice.get(), more) : Chromium.silent(more);
    }
  }

  private record Idle(Kind kind, Chromium browser) {}

  private final List<Idle> idle = new ArrayList<>(); // this and below guarded by this
  private final Queue<Firefox> idleFirefoxes = new ArrayDeque<>();

  /// Those of this run; JUnit closes them after it.
  static Browsers of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(Browsers.class))
        .getOrComputeIfAbsent(Browsers.class, _ -> new Browsers(), Browsers.class);
  }

  Chromium take(Kind kind) throws IOException {
    Optional<Idle> found = find(kind);
    return found.isPresent() ? found.get().browser() : kind.start();
  }

  private synchronized Optional<Idle> find(Kind kind) {
    Optional<Idle> found = idle.stream().filter(each -> each.kind().equals(kind)).findFirst();
    found.ifPresent(idle::remove);
    return found;
  }

  /// Without any of the tabs that were opened in it. One with arguments is not wanted again.
  synchronized void giveBack(Kind kind, Chromium browser) {
    if (kind.arguments().isEmpty() && browser.isAlive()) {
      idle.add(new Idle(kind, browser));
    } else {
      browser.close();
    }
  }

  Firefox takeFirefox() throws Exception {
    Firefox found = findFirefox();
    return found == null ? Firefox.start(Files.createTempDirectory("confab-firefox-")) : found;
  }

  private synchronized @Nullable Firefox findFirefox() {
    return idleFirefoxes.poll();
  }

  synchronized void giveBack(Firefox browser) {
    idleFirefoxes.add(browser);
  }

  @Override
  public synchronized void close() {
    idle.forEach(each -> each.browser().close());
    idleFirefoxes.forEach(Firefox::close);
  }
}
