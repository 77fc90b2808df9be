package confab.e2e;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/// Debian's Chromium with a microphone that plays a voice in a loop. Each has a process of its own,
/// as the voice is given to the whole browser.
final class Chromium implements AutoCloseable {
  static final Path BINARY = Path.of("/usr/bin/chromium");
  private static final double SPEECH_SECONDS = 6;

  static {
    // Kwik's threads may throw when a connection ends twice; what matters is what is awaited.
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }

  private final Playwright playwright;
  private final BrowserContext context;
  private final Path profile;

  private Chromium(Playwright playwright, BrowserContext context, Path profile) {
    this.playwright = playwright;
    this.context = context;
    this.profile = profile;
  }

  static Chromium speaking(Voice voice) throws IOException {
    Path profile = Files.createTempDirectory("confab-chromium-");
    Path microphone = voice.writeTo(profile.resolve("microphone.wav"), SPEECH_SECONDS);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                "--autoplay-policy=no-user-gesture-required",
                "--use-file-for-fake-audio-capture=" + microphone));
    if ("root".equals(System.getProperty("user.name"))) {
      arguments.add("--no-sandbox");
    }
    // Playwright would download browsers of its own.
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    BrowserContext context =
        playwright
            .chromium()
            .launchPersistentContext(
                profile.resolve("profile"),
                new BrowserType.LaunchPersistentContextOptions()
                    .setExecutablePath(BINARY)
                    .setHeadless(true)
                    .setChromiumSandbox(false)
                    .setColorScheme(ColorScheme.LIGHT)
                    .setViewportSize(1280, 800)
                    .setPermissions(List.of("microphone", "clipboard-read", "clipboard-write"))
                    .setArgs(arguments));
    return new Chromium(playwright, context, profile);
  }

  BrowserContext context() {
    return context;
  }

  Tab newTab() {
    return new Tab(context);
  }

  /// Ends the browser's process as a crash or the system would, without a goodbye.
  void kill() {
    ProcessHandle.allProcesses()
        .filter(each -> each.info().commandLine().orElse("").contains(profile.toString()))
        .forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    try {
      playwright.close();
    } catch (RuntimeException e) {
      // Killed before.
    }
  }
}
