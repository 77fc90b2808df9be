package confab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import confab.rig.process.Cluster;
import confab.rig.process.FreePort;
import confab.rig.process.OpenIdProvider;
import confab.rig.process.Site;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// People who log in by a real OpenID provider, and those whom they let in, on three edges behind a
/// load balancer.
class LoggedInTest {
  private static final Voice VOICE = new Voice(150);

  @RegisterExtension static final Person ANN = new Person(VOICE);
  @RegisterExtension static final Person GUEST = Person.silent();

  @TempDir static Path directory;
  private static Site site;
  private static Cluster cluster;

  @BeforeAll
  static void up() throws Exception {
    int port = FreePort.find();
    Map<String, String> settings = new HashMap<>(Tool.settings());
    settings.put("CONFAB_AUTH", "token");
    settings.put("CONFAB_OIDC_ISSUER", "http://127.0.0.1:" + port);
    settings.put("CONFAB_OIDC_CLIENT_ID", OpenIdProvider.CLIENT);
    settings.put("CONFAB_OIDC_CLIENT_SECRET", OpenIdProvider.SECRET);
    site = Site.in(directory, settings);
    cluster = Cluster.up(site);
    OpenIdProvider.start(
        site,
        port,
        List.of(URI.create(url("/login/callback"))),
        Map.of("ann", Map.of("name", "Ann Lee")));
  }

  @AfterAll
  static void down() {
    site.close();
  }

  private static String url(String path) {
    return cluster.pageUrl() + path;
  }

  private static void logIn(Tab tab) {
    Page page = tab.page();
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Log in")).last().click();
    page.locator("input[name=login]").fill("ann");
    page.locator("input[name=password]").fill("any");
    page.locator("button[type=submit]").click();
    page.locator("button[type=submit]", new Page.LocatorOptions().setHasText("Continue")).click();
  }

  private static Locator text(Tab tab, String text) {
    return tab.page().getByText(text).first();
  }

  private static Locator heading(Tab tab, String name) {
    return tab.page()
        .getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static String name(Tab tab) {
    return tab.page().getByLabel("Your name").inputValue();
  }

  @Test
  void whoLogsInMakesARoomLetsAGuestInAndLogsOutOfAll() throws Exception {
    Tab ann = ANN.newTab();
    ann.page().navigate(url("/"));
    text(ann, "Log in to make a room.").waitFor();
    Looks.fit(ann, "login-start");
    logIn(ann);
    text(ann, "Logged in as Ann Lee").waitFor();
    assertThat(ann.page().url()).isEqualTo(url("/"));
    Cookie cookie =
        ann.page().context().cookies().stream()
            .filter(it -> it.name.equals("__Host-confab-login"))
            .findFirst()
            .orElseThrow();
    assertThat(cookie.httpOnly && cookie.secure).isTrue();
    assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);

    ann.page().getByLabel("Name of the new room").fill("Weekly planning");
    ann.button("Create room").click();
    heading(ann, "Weekly planning").waitFor();
    assertThat(name(ann)).isEqualTo("Ann Lee");
    ann.button("Join").click();
    ann.participant("Ann Lee").waitFor();
    ann.button("Share").click();
    text(ann, "Whoever has the link can join.").waitFor();
    String link = ann.page().locator("share-panel code").innerText();

    Tab stranger = GUEST.newTab();
    stranger.page().navigate(link.split("#")[0]);
    text(stranger, "You need an invitation for this room.").waitFor();
    Looks.fit(stranger, "login-uninvited");
    Tab guest = GUEST.newTab();
    guest.page().navigate(link);
    heading(guest, "Weekly planning").waitFor();
    guest.page().getByLabel("Your name").fill("Bob");
    guest.button("Join").click();
    guest.participant("Ann Lee").waitFor();
    guest.participant("Ann Lee").getByText("Confirmed identity: ann").first().waitFor();
    Hearing.awaitVoice(guest, VOICE);
    ann.participant("Bob").waitFor();

    // Somebody logs out in another tab: what was granted by that ends, whichever edge it is on.
    Tab other = ANN.newTab();
    other.page().navigate(url("/meeting/standup"));
    text(other, "Logged in as Ann Lee").waitFor();
    assertThat(name(other)).isEqualTo("Ann Lee");
    Looks.fit(other, "login-join");
    other.button("Join").click();
    other.participant("Ann Lee").waitFor();
    Tab third = ANN.newTab();
    third.page().navigate(url("/"));
    third.button("Log out").click();
    text(third, "Log in to make a room.").waitFor();
    text(other, "Your invitation has run out.").waitFor();
    // The provider's own pages, on which Ann was, lack some fonts.
    assertThat(other.errors()).isEmpty();
    assertThat(guest.errors()).isEmpty();
    assertThat(stranger.errors()).isEmpty();
  }

  @Test
  void whoComesBackWithoutALoginIsToldWhyInTheirLanguage() {
    Tab ann = GUEST.newTab();
    ann.speaks("ru");
    ann.page().navigate(url("/meeting/standup?login=denied"));
    text(ann, "Для этой комнаты нужно приглашение").waitFor();
    ann.page().waitForURL(Pattern.compile(".*/meeting/standup$"));
    text(ann, "отказано").waitFor();
  }
}
