package confab.rig.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import confab.rig.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Debian's Chromium with a microphone that plays a voice in a loop, or nothing. Each has a process
/// of its own, as the voice is given to the whole browser. Its person prefers reduced motion, since
/// to draw what moves takes a third of a page's CPU here.
///
/// One thread at a time, as Playwright asks for; it need not always be the same.
public final class Chromium implements AutoCloseable {
  public static final Path BINARY = Path.of("/usr/bin/chromium");
  private static final double SPEECH_SECONDS = 6;

  private final Playwright playwright;
  private final BrowserContext context;
  private final Path profile;

  private Chromium(Playwright playwright, BrowserContext context, Path profile) {
    this.playwright = playwright;
    this.context = context;
    this.profile = profile;
  }

  /// @param more arguments for the browser
  public static Chromium speaking(Voice voice, String... more) throws IOException {
    Path profile = Files.createTempDirectory("confab-chromium-");
    Path microphone = voice.writeTo(profile.resolve("microphone.wav"), SPEECH_SECONDS);
    return start(profile, microphone, false, more);
  }

  /// For what is not about sound: two pages whose microphones are silent take less than half of the
  /// CPU that two take which speak all the time.
  ///
  /// @param more arguments for the browser
  public static Chromium silent(String... more) throws IOException {
    Path profile = Files.createTempDirectory("confab-chromium-");
    var silence = new Sound(new short[Voice.RATE], Voice.RATE);
    return start(profile, silence.writeTo(profile.resolve("microphone.wav")), false, more);
  }

  /// For measurements, which put scripts of their own into every page, whatever its policy.
  ///
  /// @param microphone a WAV file, played in a loop
  /// @param more arguments for the browser
  public static Chromium instrumented(Path microphone, String... more) throws IOException {
    return start(Files.createTempDirectory("confab-chromium-"), microphone, true, more);
  }

  private static Chromium start(Path profile, Path microphone, boolean measured, String... more) {
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
    arguments.addAll(List.of(more));
    if ("root".equals(System.getProperty("user.name"))) {
      arguments.add("--no-sandbox");
    }
    // Playwright would download browsers of its own.
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      var options =
          new BrowserType.LaunchPersistentContextOptions()
              .setExecutablePath(BINARY)
              .setHeadless(true)
              .setBypassCSP(measured)
              .setChromiumSandbox(false)
              .setColorScheme(ColorScheme.LIGHT)
              .setReducedMotion(measured ? ReducedMotion.NO_PREFERENCE : ReducedMotion.REDUCE)
              .setViewportSize(1280, 800)
              .setPermissions(List.of("microphone", "clipboard-read", "clipboard-write"))
              .setTimeout(Patience.millis())
              .setArgs(arguments);
      Path data = profile.resolve("profile");
      BrowserContext context = playwright.chromium().launchPersistentContext(data, options);
      context.setDefaultTimeout(Patience.millis());
      return new Chromium(playwright, context, profile);
    } catch (Throwable e) {
      playwright.close();
      throw e;
    }
  }

  public BrowserContext context() {
    return context;
  }

  /// The ids of all its processes.
  public List<Long> processes() {
    return ProcessHandle.allProcesses()
        .filter(this::isMain)
        .flatMap(main -> Stream.concat(Stream.of(main), main.descendants()))
        .map(ProcessHandle::pid)
        .toList();
  }

  public boolean isAlive() {
    return ProcessHandle.allProcesses().anyMatch(this::isOurs);
  }

  public Tab newTab() {
    return new Tab(context);
  }

  /// Ends the browser's process as a crash or the system would, without a goodbye.
  public void kill() {
    ProcessHandle.allProcesses().filter(this::isOurs).forEach(ProcessHandle::destroyForcibly);
  }

  /// Ends the processes that show pages, as when one runs out of memory.
  public void crashPages() {
    processes().stream()
        .filter(Chromium::showsPages)
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .forEach(ProcessHandle::destroyForcibly);
  }

  /// By the file of the kernel: `ProcessHandle` does not tell the arguments of a process that was
  /// forked by another of Chromium's.
  private static boolean showsPages(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline")).contains("--type=renderer");
    } catch (IOException e) {
      return false; // It has ended.
    }
  }

  private boolean isMain(ProcessHandle process) {
    return isOurs(process) && process.parent().filter(this::isOurs).isEmpty();
  }

  private boolean isOurs(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(profile.toString());
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
