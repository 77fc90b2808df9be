package confab.e2e;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import confab.edge.EdgeConfig;
import confab.edge.guard.WebConfig;
import confab.participant.Transport;
import confab.protocol.Event;
import confab.protocol.address.Origins;
import confab.rig.browser.Firefox;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The page in a frame of another site, as `--embed-origin` allows it. To browsers `127.0.0.1` is
/// another site than `localhost`, where the edge is.
class EmbeddedTest {
  @RegisterExtension static final Person BROWSER = new Person(new Voice(150));
  @RegisterExtension static final Fox FOX = new Fox();

  @RegisterExtension final OneEdge edge = new OneEdge();

  private HttpServer site;

  @BeforeEach
  void openSite() throws Exception {
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.createContext(
        "/",
        exchange -> {
          String page =
              "<!doctype html><title>Intranet</title><iframe width=800 height=600"
                  + " allow='microphone; autoplay' src='"
                  + edge.meeting("ann")
                  + "'></iframe>";
          byte[] body = page.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    site.start();
  }

  @AfterEach
  void closeSite() {
    site.stop(0);
  }

  private String origin() {
    return "http://127.0.0.1:" + site.getAddress().getPort();
  }

  private void allowSite() throws Exception {
    Origins embedders = Origins.parse(List.of(origin()));
    EdgeConfig config = Tool.edgeConfig();
    edge.restart(config.withWeb(WebConfig.DEFAULT.withEmbedders(embedders)));
  }

  /// Whoever is in the room hears ann.
  private static void hears(Robot ear) {
    await()
        .until(
            () ->
                ear.events.stream()
                    .anyMatch(
                        event ->
                            event instanceof Event.Joined joined
                                && joined.participant().user().value().equals("ann")));
    await().until(() -> ear.frames.size() > 20);
  }

  @Test
  void inChromiumWhoIsInTheFrameIsHeard() throws Exception {
    allowSite();
    try (Robot ear = Robot.join(edge.url(), "demo", "ear", Transport.WEBTRANSPORT)) {
      Tab tab = BROWSER.newTab();
      tab.page().navigate(origin());
      FrameLocator frame = tab.page().frameLocator("iframe");
      button(frame, "Join").click();
      button(frame, "Leave").waitFor();
      hears(ear);
      button(frame, "Leave").click();
      assertThat(tab.errors()).isEmpty();
    }
  }

  private static Locator button(FrameLocator frame, String name) {
    return frame.getByRole(
        AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName(name).setExact(true));
  }

  @Test
  void inFirefoxWhoIsInTheFrameIsHeard() throws Exception {
    allowSite();
    Firefox firefox = FOX.browser();
    try (Robot ear = Robot.join(edge.url(), "demo", "ear", Transport.WEBTRANSPORT)) {
      firefox.navigate(origin());
      firefox.turnToFrame();
      firefox.click("Join");
      firefox.awaitButton("Leave");
      hears(ear);
    }
  }

  @Test
  void withoutTheOptionTheFrameStaysEmpty() throws Exception {
    Tab tab = BROWSER.newTab();
    tab.page().navigate(origin());
    await().until(() -> tab.errors().stream().anyMatch(each -> each.contains("frame-ancestors")));
    assertThat(button(tab.page().frameLocator("iframe"), "Join").count()).isZero();

    Firefox firefox = FOX.browser();
    firefox.navigate(origin());
    firefox.turnToFrame();
    await().until(() -> firefox.documentAddress().startsWith("about:neterror?e=cspBlocked"));
  }
}
