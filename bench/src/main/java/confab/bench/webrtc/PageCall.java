package confab.bench.webrtc;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.microsoft.playwright.Route;
import confab.rig.browser.Chromium;
import confab.rig.browser.Tab;
import confab.rig.impairment.ImpairedLink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// Two tabs of one browser, of which one speaks and one listens, with instruments at both ends.
/// Everything about it happens on one thread, as Playwright wants it.
abstract sealed class PageCall implements AutoCloseable permits ConfabCall, WebRtcCall {
  private static final Gson GSON = new Gson();

  /// @param played of all that was played, in units of its own
  /// @param concealed what of it was made up
  record Concealment(double played, double concealed) {
    double percentSince(Concealment before) {
      return 100 * (concealed - before.concealed) / Math.max(1, played - before.played);
    }
  }

  final Tab speaker;
  final Tab listener;

  PageCall(Tab speaker, Tab listener) {
    this.speaker = speaker;
    this.listener = listener;
  }

  /// The listener presses Join; returns when it has an open connection.
  abstract void join();

  abstract Concealment concealment();

  /// Changes the listener's link in the middle of the call, where it has one.
  abstract void change(Consumer<ImpairedLink> change);

  @Override
  public void close() {
    speaker.close();
    listener.close();
  }

  Recording mouth() {
    return take(speaker, "mouth");
  }

  Recording ear() {
    return take(listener, "ear");
  }

  /// Forgets what was recorded so far.
  void forget() {
    speaker.page().evaluate("() => { instruments.mouth.length = 0; }");
    listener.page().evaluate("() => { instruments.ear.length = 0; }");
  }

  /// When the listener pressed Join, in ms since 1970.
  double pressed() {
    return ((Number) listener.page().evaluate("() => instruments.pressed")).doubleValue();
  }

  private static Recording take(Tab tab, String end) {
    return Recording.of(json(tab, "() => instruments.take('" + end + "')"));
  }

  static JsonElement json(Tab tab, String script) {
    return GSON.toJsonTree(tab.page().evaluate(script));
  }

  /// A browser with a microphone that hears this file, and with the instruments in every page.
  static Chromium browser(Path microphone) throws IOException {
    Chromium browser =
        Chromium.instrumented(
            microphone,
            "--allow-loopback-in-peer-connection",
            "--disable-features=WebRtcHideLocalIpsWithMdns");
    browser.context().addInitScript(resource("instruments.js"));
    return browser;
  }

  /// Answers for files of the measurement, on the origin of the edge.
  static void serve(Route route) {
    String url = route.request().url();
    String name = url.substring(url.lastIndexOf('/') + 1);
    String type = name.endsWith(".js") ? "text/javascript" : "text/html";
    route.fulfill(
        new Route.FulfillOptions()
            .setBody(resource(name))
            .setHeaders(
                Map.of(
                    "content-type", type,
                    "cross-origin-embedder-policy", "require-corp",
                    "cross-origin-opener-policy", "same-origin")));
  }

  private static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(PageCall.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
