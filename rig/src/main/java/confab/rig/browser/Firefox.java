package confab.rig.browser;

import static confab.rig.Patience.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import confab.rig.process.Program;
import confab.rig.process.Site;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Debian's Firefox ESR with one tab, whose microphone hums.
public final class Firefox implements AutoCloseable {
  public static final double TONE_HZ = 220;

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
      const checkbox = (name) => everything(document).find((e) => e.localName === 'label'
          && e.textContent.trim().startsWith(name))?.querySelector('input');
      const button = (name) => everything(document).find((e) => e.localName === 'button'
          && (e.getAttribute('aria-label') ?? e.textContent).trim() === name);
      """;

  private final Site site;
  private final BiDi driver;
  private final String tab;

  /// What is clicked and looked at: the tab, or a frame in it.
  private String context;

  private Firefox(Site site, BiDi driver) throws Exception {
    this.site = site;
    this.driver = driver;
    driver.command("session.new", object("{'capabilities':{}}"));
    JsonObject preload = new JsonObject();
    preload.addProperty("functionDeclaration", "() => {" + Ear.SCRIPT + "}");
    driver.command("script.addPreloadScript", preload);
    tab =
        driver
            .command("browsingContext.create", object("{'type':'tab'}"))
            .get("context")
            .getAsString();
    context = tab;
  }

  /// @param directory for its profile and its log
  public static Firefox start(Path directory) throws Exception {
    Map<String, String> settings =
        Map.of("HOME", directory.toString(), "PULSE_SERVER", PulseAudio.server(directory));
    Site site = Site.in(directory, settings);
    try {
      PulseAudio.start(site);
      Path profile = Files.createDirectory(directory.resolve("profile"));
      Files.writeString(profile.resolve("user.js"), PREFERENCES);
      Program firefox =
          site.start(
              "firefox",
              List.of(
                  "firefox-esr",
                  "--headless",
                  "--no-remote",
                  "--profile",
                  profile.toString(),
                  "--remote-debugging-port=0"));
      String address = firefox.awaitErrors(LISTENING).group(1);
      return new Firefox(site, new BiDi(URI.create(address + "/session")));
    } catch (Throwable e) {
      site.close();
      throw e;
    }
  }

  public void navigate(String url) throws Exception {
    JsonObject parameters = object("{'wait':'complete'}");
    parameters.addProperty("context", tab);
    parameters.addProperty("url", url);
    driver.command("browsingContext.navigate", parameters);
    context = tab;
  }

  /// Turns to the one frame that the page has, until another page is opened.
  public void turnToFrame() throws Exception {
    JsonObject parameters = new JsonObject();
    parameters.addProperty("root", tab);
    context =
        driver
            .command("browsingContext.getTree", parameters)
            .getAsJsonArray("contexts")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("children")
            .get(0)
            .getAsJsonObject()
            .get("context")
            .getAsString();
  }

  /// The address of the document that it is turned to. One that was refused leaves its own address
  /// to the frame (`location`), and the document is that of an error.
  public String documentAddress() throws Exception {
    return evaluate("document.documentURI");
  }

  /// Clicks the button of that name as soon as there is one.
  public void click(String name) {
    String click =
        "(() => { const b = button('" + name + "'); b?.click(); return String(!!b); })()";
    await().until(() -> evaluate(click).equals("true"));
  }

  /// Clicks the checkbox whose label begins so, as soon as there is one.
  public void toggle(String label) {
    String click =
        "(() => { const c = checkbox('" + label + "'); c?.click(); return String(!!c); })()";
    await().until(() -> evaluate(click).equals("true"));
  }

  public void awaitButton(String name) {
    String there = "String(!!button('" + name + "'))";
    await().until(() -> evaluate(there).equals("true"));
  }

  /// What the page says of its connection and of who comes and goes.
  public String status() throws Exception {
    return evaluate(
        "everything(document).filter((e) => e.role === 'status').map((e) => e.innerText).join()");
  }

  /// Listens for so long and returns what the page played meanwhile.
  public Sound hear(double seconds) throws Exception {
    evaluate("String(heard.chunks.length = 0)");
    String enough = "String((" + Ear.HEARD_FOR + ")(" + seconds + "))";
    await().until(() -> evaluate(enough).equals("true"));
    byte[] bytes = Base64.getDecoder().decode(evaluate("(" + Ear.HEARD + ")()"));
    return Sound.of(bytes, Integer.parseInt(evaluate("String(heard.rate)")));
  }

  /// @param expression of a string
  private String evaluate(String expression) throws Exception {
    JsonObject parameters = object("{'awaitPromise':true,'userActivation':true}");
    parameters.addProperty("expression", "{" + EVERYTHING + expression + "}");
    JsonObject target = new JsonObject();
    target.addProperty("context", context);
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
    site.close();
  }
}
