package confab.e2e;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import confab.browser.Ear;
import confab.browser.Sound;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Debian's Firefox ESR with one tab, whose microphone hums.
final class Firefox implements AutoCloseable {
  static final double TONE_HZ = 220;

  private static final Pattern LISTENING = Pattern.compile("BiDi listening on (ws://\\S+)");
  private static final String PREFERENCES =
      """
      user_pref("media.navigator.streams.fake", true);
      user_pref("media.navigator.audio.fake_frequency", 220);
      user_pref("media.navigator.permission.disabled", true);
      user_pref("media.autoplay.default", 0);
      user_pref("app.update.enabled", false);
      user_pref("datareporting.policy.dataSubmissionEnabled", false);
      user_pref("toolkit.telemetry.server", "");
      user_pref("browser.safebrowsing.update.enabled", false);
      user_pref("network.captive-portal-service.enabled", false);
      user_pref("network.connectivity-service.enabled", false);
      """;

  /// Finds what a person sees, also within custom elements.
  private static final String EVERYTHING =
      """
      const everything = (root) => [...root.querySelectorAll('*')]
          .flatMap((e) => [e, ...(e.shadowRoot ? everything(e.shadowRoot) : [])]);
      const button = (name) => everything(document).find((e) => e.localName === 'button'
          && (e.getAttribute('aria-label') ?? e.textContent).trim() === name);
      """;

  private final Process process;
  private final PulseAudio loudspeaker;
  private final BiDi driver;
  private final String tab;

  private Firefox(Process process, PulseAudio loudspeaker, URI url) throws Exception {
    this.process = process;
    this.loudspeaker = loudspeaker;
    driver = new BiDi(url);
    driver.command("session.new", object("{'capabilities':{}}"));
    JsonObject preload = new JsonObject();
    preload.addProperty("functionDeclaration", "() => {" + Ear.SCRIPT + "}");
    driver.command("script.addPreloadScript", preload);
    tab =
        driver
            .command("browsingContext.create", object("{'type':'tab'}"))
            .get("context")
            .getAsString();
  }

  /// @param directory for its profile and its log
  static Firefox start(Path directory) throws Exception {
    PulseAudio loudspeaker = PulseAudio.start(directory);
    Path profile = Files.createDirectory(directory.resolve("profile"));
    Files.writeString(profile.resolve("user.js"), PREFERENCES);
    Path log = directory.resolve("firefox.log");
    var builder =
        new ProcessBuilder(
            "firefox-esr",
            "--headless",
            "--no-remote",
            "--profile",
            profile.toString(),
            "--remote-debugging-port=0");
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("PULSE_SERVER", loudspeaker.server());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    String address =
        await().atMost(Duration.ofSeconds(30)).until(() -> address(log), found -> !found.isEmpty());
    return new Firefox(process, loudspeaker, URI.create(address + "/session"));
  }

  private static String address(Path log) throws IOException {
    Matcher listening = LISTENING.matcher(Files.readString(log));
    return listening.find() ? listening.group(1) : "";
  }

  void navigate(String url) throws Exception {
    JsonObject parameters = object("{'wait':'complete'}");
    parameters.addProperty("context", tab);
    parameters.addProperty("url", url);
    driver.command("browsingContext.navigate", parameters);
  }

  /// Clicks the button of that name as soon as there is one.
  void click(String name) {
    String click =
        "(() => { const b = button('" + name + "'); b?.click(); return String(!!b); })()";
    await().atMost(Duration.ofSeconds(20)).until(() -> evaluate(click).equals("true"));
  }

  void awaitButton(String name) {
    String there = "String(!!button('" + name + "'))";
    await().atMost(Duration.ofSeconds(20)).until(() -> evaluate(there).equals("true"));
  }

  /// What the page says of its connection and of who comes and goes.
  String status() throws Exception {
    return evaluate(
        "everything(document).filter((e) => e.role === 'status').map((e) => e.innerText).join()");
  }

  /// Listens for so long and returns what the page played meanwhile.
  Sound hear(double seconds) throws Exception {
    evaluate("String(heard.chunks.length = 0)");
    String enough = "String((" + Ear.HEARD_FOR + ")(" + seconds + "))";
    await().atMost(Duration.ofSeconds(20)).until(() -> evaluate(enough).equals("true"));
    byte[] bytes = Base64.getDecoder().decode(evaluate("(" + Ear.HEARD + ")()"));
    return Sound.of(bytes, Integer.parseInt(evaluate("String(heard.rate)")));
  }

  /// @param expression of a string
  private String evaluate(String expression) throws Exception {
    JsonObject parameters = object("{'awaitPromise':true,'userActivation':true}");
    parameters.addProperty("expression", "{" + EVERYTHING + expression + "}");
    JsonObject target = new JsonObject();
    target.addProperty("context", tab);
    parameters.add("target", target);
    JsonObject result = driver.command("script.evaluate", parameters);
    JsonElement value = result.getAsJsonObject("result").get("value");
    if (value == null) {
      throw new IllegalStateException(expression + ": " + result);
    }
    return value.getAsString();
  }

  private static JsonObject object(String json) {
    return JsonParser.parseString(json).getAsJsonObject();
  }

  @Override
  public void close() {
    driver.close();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    loudspeaker.close();
  }
}
