package confab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import confab.rig.browser.Tab;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Links as people write them, and addresses at which they must not be left alone.
class LinkTest {
  /// Another machine, to the browser: what it serves in the clear is no secure context.
  private static final String PHONE = "phone.test";

  @RegisterExtension
  static final Person BROWSER =
      Person.silent(
          "--host-resolver-rules=MAP " + PHONE + " 127.0.0.1", "--ignore-certificate-errors");

  @RegisterExtension final OneEdge edge = new OneEdge();

  @Test
  void aRoomIsFoundHoweverItsNameIsWritten() {
    Tab ann = BROWSER.newTab();
    ann.page().navigate(url("/Meeting//Über Raum/"));
    heading(ann, "ueber-raum").waitFor();
    assertThat(ann.page().url()).isEqualTo(url("/meeting/ueber-raum"));
    enter(ann, "Ann");

    Tab bob = BROWSER.newTab();
    bob.page().navigate(url("/"));
    ask(bob, "localhost/MEETING/u\u0308ber raum?x#y");
    enter(bob, "Bob");
    bob.participant("Ann").waitFor();
    ann.participant("Bob").waitFor();
    assertThat(ann.errors()).isEmpty();
  }

  @Test
  void belowAFolderOfAProxyEverythingIsThere() throws Exception {
    edge.restart(Tool.edgeConfig().withBasePath("/confab"));
    Tab ann = BROWSER.newTab();
    ann.page().navigate(url("/confab/"));
    ask(ann, "Demo");
    heading(ann, "demo").waitFor();
    assertThat(ann.page().url()).isEqualTo(url("/confab/meeting/demo"));
    enter(ann, "Ann");
    ann.waitForStatus("WebTransport");

    Tab bob = BROWSER.newTab();
    bob.page().navigate(url("/confab/meeting/demo?transport=websocket"));
    enter(bob, "Bob");
    bob.waitForStatus("WebSocket");
    bob.participant("Ann").waitFor();
    ann.participant("Bob").waitFor();
    assertThat(ann.errors()).isEmpty();
    assertThat(bob.errors()).isEmpty();
  }

  @Test
  void whatBrowsersSendAsItWasTypedIsReadAsFarAsItCanBe() {
    Tab tab = BROWSER.newTab();
    tab.page().navigate(url("/meeting/50%"));
    heading(tab, "50").waitFor();
    assertThat(tab.page().url()).isEqualTo(url("/meeting/50"));
    tab.page().navigate(securely("127.0.0.1", "/meeting/ann/50%"));
    heading(tab, "50").waitFor();
    tab.page().navigate(url("/meeting/a|b"));
    heading(tab, "a-b").waitFor();
  }

  @Test
  void whatNamesNoRoomIsSaidBeforeANameIsAskedFor() {
    Tab tab = BROWSER.newTab();
    tab.page().navigate(url("/meeting/🙂"));
    heading(tab, "This cannot be the name of a room").waitFor();
    assertThat(tab.page().getByRole(AriaRole.TEXTBOX).count()).isZero();
    link(tab, "Start page").click();
    ask(tab, "🙂");
    tab.page().getByText("it cannot be the name of one").waitFor();
    ask(tab, "Demo");
    heading(tab, "demo").waitFor();
  }

  @Test
  void anAddressWithNothingLeadsToTheStartPage() {
    Tab tab = BROWSER.newTab();
    for (String path : List.of("/nowhere", "/meeting/a/b/c", "/%", "/api")) {
      tab.page().navigate(url(path));
      heading(tab, "There is nothing at this address").waitFor();
    }
    link(tab, "Start page").click();
    tab.button("Create room").waitFor();
  }

  @Test
  void aPhoneThatCameInTheClearIsLedToThePageOverTls() {
    Tab tab = BROWSER.newTab();
    for (String path : List.of("/", "/meeting/Ann/demo?transport=websocket")) {
      tab.page().navigate("http://" + PHONE + ":" + edge.httpPort() + path);
      Locator link = link(tab, "Open the https address");
      assertThat(link.getAttribute("href")).isEqualTo(securely(PHONE, path));
      link.click();
      tab.button(path.equals("/") ? "Create room" : "Join").waitFor();
      assertThat(tab.page().evaluate("() => isSecureContext")).isEqualTo(true);
    }
    tab.button("Join").click();
    tab.participant("Ann").waitFor();
  }

  private static void ask(Tab tab, String room) {
    tab.page().getByLabel("Room name or link").fill(room);
    tab.button("Join room").click();
  }

  private static void enter(Tab tab, String name) {
    tab.page().getByRole(AriaRole.TEXTBOX).fill(name);
    tab.button("Join").click();
    tab.participant(name).waitFor();
  }

  private static Locator heading(Tab tab, String text) {
    return tab.page()
        .getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(text).setExact(true));
  }

  private static Locator link(Tab tab, String name) {
    return tab.page()
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private String url(String path) {
    return edge.url() + path;
  }

  private String securely(String host, String path) {
    return "https://" + host + ":" + edge.edge().httpsAddress().getPort() + path;
  }
}
