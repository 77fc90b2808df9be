package confab.edge.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import confab.access.login.LoginConfig;
import confab.edge.Edge;
import confab.edge.EdgeConfig;
import confab.edge.access.AccessConfig;
import confab.rig.Patience;
import confab.rig.process.FreePort;
import confab.rig.process.OpenIdProvider;
import confab.rig.process.Site;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Logging in by a real OpenID provider, as a browser does it.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class LoginTest {
  private static final String PAGE = "/meeting/standup";
  private static final int PORT = FreePort.find();
  private static final int OTHER_PORT = FreePort.find();
  private static final URI ADDRESS = URI.create("http://127.0.0.1:" + PORT + "/");

  private static Site site;
  private static OpenIdProvider provider;

  private final List<Edge> edges = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    site = Site.open("login", Map.of());
    provider =
        OpenIdProvider.start(
            site,
            List.of(
                ADDRESS.resolve(LoginApi.CALLBACK),
                URI.create("http://127.0.0.1:" + OTHER_PORT + LoginApi.CALLBACK),
                ADDRESS.resolve("/confab" + LoginApi.CALLBACK)),
            Map.of(
                "ann", Map.of("name", "Ann Lee", "groups", List.of("staff", "hosts")),
                "bob", Map.of("name", "Bob", "groups", List.of("staff")),
                "a@b.example", Map.of()));
  }

  @AfterAll
  static void stop() {
    site.forgetLogs();
  }

  @AfterEach
  void end() {
    edges.forEach(Edge::close);
  }

  private static LoginConfig login(URI issuer) {
    return new LoginConfig(
        issuer,
        OpenIdProvider.CLIENT,
        Optional.of(new LoginConfig.Secret.Given(OpenIdProvider.SECRET)),
        List.of("openid", "profile", "groups"),
        LoginConfig.Claims.USUAL,
        new LoginConfig.Groups(Optional.of("hosts"), Optional.empty()),
        LoginConfig.LIFETIME);
  }

  private Edge edge(int port, LoginConfig login) throws Exception {
    return edge(port, login, "");
  }

  private Edge edge(int port, LoginConfig login, String basePath) throws Exception {
    AccessConfig access =
        AccessConfig.OPEN.with(
            it -> {
              it.tokensOnly = true;
              it.login = Optional.of(login);
            });
    Edge edge =
        Edge.start(
            EdgeConfig.onLoopback()
                .withPorts(new EdgeConfig.Ports(port, 0, 0))
                .withBasePath(basePath)
                .withResumeKey("0123456789abcdef0123456789abcdef")
                .withAccess(access));
    edges.add(edge);
    return edge;
  }

  private static JsonObject claims(String token) {
    String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    return JsonParser.parseString(claims).getAsJsonObject();
  }

  private static HttpResponse<String> token(Visitor visitor) throws Exception {
    return visitor.get(ADDRESS.resolve(LoginApi.TOKEN));
  }

  private static HttpResponse<String> session(Visitor visitor, String user, String token)
      throws Exception {
    return visitor.get(
        ADDRESS.resolve("/api/v1/session?room=standup&user=" + user),
        "Authorization",
        "Bearer " + token);
  }

  @Test
  void whoLogsInComesBackToThePageAndMayEnter() throws Exception {
    edge(PORT, login(provider.issuer()));
    var ann = new Visitor();
    assertThat(token(ann).statusCode()).isEqualTo(204);

    URI back = ann.logIn(ADDRESS, PAGE, "ann");
    assertThat(back.getPath()).isEqualTo(LoginApi.CALLBACK);
    HttpResponse<String> arrived = ann.get(back);
    assertThat(Visitor.location(back, arrived)).isEqualTo(ADDRESS.resolve(PAGE));
    assertThat(ann.lastCookies)
        .filteredOn(it -> it.startsWith("__Host-confab-login="))
        .singleElement()
        .asString()
        .contains("HttpOnly")
        .containsIgnoringCase("; Secure")
        .contains("SameSite=Lax")
        .containsIgnoringCase("path=/")
        .doesNotContainIgnoringCase("domain");

    String token = token(ann).body();
    JsonObject claims = claims(token);
    assertThat(claims.get("sub").getAsString()).isEqualTo("ann");
    assertThat(claims.get("name").getAsString()).isEqualTo("Ann Lee");
    assertThat(claims.getAsJsonObject("grants").get("host").getAsBoolean()).isTrue();
    assertThat(session(ann, "ann", token).statusCode()).isEqualTo(200);
    assertThat(session(ann, "bob", token).statusCode()).isEqualTo(403);
    assertThat(session(new Visitor(), "ann", "").statusCode()).isEqualTo(401);
  }

  @Test
  void onlyWhoIsInTheGroupIsAHostAndOthersMakeRooms() throws Exception {
    edge(PORT, login(provider.issuer()));
    var bob = new Visitor();
    bob.get(bob.logIn(ADDRESS, "/", "bob"));
    String token = token(bob).body();
    assertThat(claims(token).getAsJsonObject("grants").has("host")).isFalse();
    HttpResponse<String> made =
        bob.post(ADDRESS.resolve("/api/v1/rooms"), Map.of(), "Authorization", "Bearer " + token);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(made.body()).contains("hostLink").contains("guestLink");
  }

  @Test
  void aNameThatIsNoUserIdBecomesOne() throws Exception {
    edge(PORT, login(provider.issuer()));
    var visitor = new Visitor();
    visitor.get(visitor.logIn(ADDRESS, "/", "a@b.example"));
    assertThat(claims(token(visitor).body()).get("sub").getAsString())
        .matches("a-b\\.example-[0-9a-f]{16}");
  }

  @Test
  void everyEdgeWithTheKeyKnowsWhoIsLoggedIn() throws Exception {
    edge(PORT, login(provider.issuer()));
    var ann = new Visitor();
    URI there = Visitor.location(ADDRESS, ann.get(ADDRESS.resolve("/login?page=" + PAGE)));
    URI back = ann.atProvider(there, "ann");
    // The edge ends while somebody is at the provider; another one takes its port.
    edges.removeFirst().close();
    edge(PORT, login(provider.issuer()));
    assertThat(Visitor.location(back, ann.get(back))).isEqualTo(ADDRESS.resolve(PAGE));
    edges.removeFirst().close();
    edge(PORT, login(provider.issuer()));
    assertThat(token(ann).statusCode()).isEqualTo(200);
  }

  @Test
  void whoLogsOutIsOutEverywhere() throws Exception {
    edge(PORT, login(provider.issuer()));
    var ann = new Visitor();
    ann.get(ann.logIn(ADDRESS, PAGE, "ann"));
    Map<String, String> kept = Map.copyOf(ann.cookiesOf(ADDRESS));
    String token = token(ann).body();

    assertThat(ann.get(ADDRESS.resolve(LoginApi.LOGOUT)).statusCode()).isEqualTo(405);
    for (String[] strange :
        List.of(
            new String[] {"Origin", "https://elsewhere.example"},
            new String[] {"Origin", "null"},
            new String[] {"Origin", "null", "Sec-Fetch-Site", "cross-site"})) {
      assertThat(ann.post(ADDRESS.resolve(LoginApi.LOGOUT), Map.of(), strange).statusCode())
          .isEqualTo(403);
    }
    assertThat(token(ann).statusCode()).isEqualTo(200);

    // As browsers send a form of our page.
    HttpResponse<String> out =
        ann.post(
            ADDRESS.resolve(LoginApi.LOGOUT),
            Map.of(),
            "Origin",
            "null",
            "Sec-Fetch-Site",
            "same-origin");
    assertThat(Visitor.location(ADDRESS, out)).isEqualTo(ADDRESS);
    assertThat(token(ann).statusCode()).isEqualTo(204);
    // Whoever kept a copy has nothing.
    ann.cookiesOf(ADDRESS).putAll(kept);
    assertThat(token(ann).statusCode()).isEqualTo(204);
    assertThat(session(ann, "ann", token).statusCode()).isEqualTo(401);
  }

  @Test
  void aWayBackThatNobodyWasSentOnLogsNobodyIn() throws Exception {
    edge(PORT, login(provider.issuer()));
    var ann = new Visitor();
    URI back = ann.logIn(ADDRESS, PAGE, "ann");
    // Somebody else's browser, which was not sent: the code is not theirs.
    var victim = new Visitor();
    assertThat(Visitor.location(back, victim.get(back)).getQuery()).isEqualTo("login=failed");
    assertThat(token(victim).statusCode()).isEqualTo(204);
    // One that was sent, with another state.
    victim.get(ADDRESS.resolve("/login?page=" + PAGE));
    victim.get(back);
    assertThat(token(victim).statusCode()).isEqualTo(204);
    // The one who was sent comes once.
    ann.get(back);
    assertThat(token(ann).statusCode()).isEqualTo(200);
    ann.cookiesOf(ADDRESS).remove("__Host-confab-login");
    assertThat(Visitor.location(back, ann.get(back)).getQuery()).isEqualTo("login=failed");
    assertThat(token(ann).statusCode()).isEqualTo(204);
  }

  @Test
  void whoTurnsBackAtTheProviderIsToldSo() throws Exception {
    edge(PORT, login(provider.issuer()));
    var ann = new Visitor();
    URI login = ADDRESS.resolve("/login?page=" + PAGE);
    URI there = Visitor.location(login, ann.get(login));
    String state = there.getQuery().replaceAll(".*state=([^&]+).*", "$1");
    URI back =
        ADDRESS.resolve(
            LoginApi.CALLBACK
                + "?error=access_denied&state="
                + state
                + "&iss="
                + provider.issuer());
    URI page = Visitor.location(back, ann.get(back));
    assertThat(page).isEqualTo(ADDRESS.resolve(PAGE + "?login=denied"));
  }

  @Test
  void nobodyIsSentToAnotherSite() throws Exception {
    edge(PORT, login(provider.issuer()));
    for (String page :
        List.of(
            "//evil.example/",
            "https://evil.example/",
            "/%5Cevil.example",
            "/api/v1/page",
            "/meeting/../api/v1/page",
            "/meeting/..")) {
      var ann = new Visitor();
      URI back = ann.logIn(ADDRESS, page, "ann");
      assertThat(Visitor.location(back, ann.get(back))).as(page).isEqualTo(ADDRESS);
    }
  }

  @Test
  void aForeignCookieIsNoLogin() throws Exception {
    edge(PORT, login(provider.issuer()));
    Edge other =
        Edge.start(
            EdgeConfig.onLoopback()
                .withPorts(new EdgeConfig.Ports(OTHER_PORT, 0, 0))
                .withResumeKey("another key, another key, another")
                .withAccess(
                    AccessConfig.OPEN.with(
                        it -> it.login = Optional.of(login(provider.issuer())))));
    edges.add(other);
    URI elsewhere = URI.create("http://127.0.0.1:" + OTHER_PORT + "/");
    var ann = new Visitor();
    ann.get(ann.logIn(elsewhere, "/", "ann"));
    String foreign = ann.cookiesOf(elsewhere).getOrDefault("__Host-confab-login", "");
    assertThat(foreign).isNotEmpty();
    for (String cookie : List.of(foreign, "", "AAAA", foreign.substring(4), "%E2%82%AC")) {
      var answer =
          new Visitor()
              .get(ADDRESS.resolve(LoginApi.TOKEN), "Cookie", "__Host-confab-login=" + cookie);
      assertThat(answer.statusCode()).as(cookie).isEqualTo(204);
    }
  }

  @Test
  void cookiesOfOtherApplicationsAreInNobodysWay() throws Exception {
    edge(PORT, login(provider.issuer()));
    var ann = new Visitor();
    ann.get(ann.logIn(ADDRESS, "/", "ann"));
    String good = "__Host-confab-login=" + ann.cookiesOf(ADDRESS).get("__Host-confab-login");
    String many = "a=b; ".repeat(300);
    for (String others : List.of("x=\u00e9; ", "=; ;; ", "x=\"a; ", many)) {
      var answer =
          new Visitor().get(ADDRESS.resolve(LoginApi.TOKEN), "Cookie", others + good + "; y");
      assertThat(answer.statusCode()).as(others).isEqualTo(200);
    }
  }

  @Test
  void whoBeginsAgainAndAgainKeepsFewCookies() throws Exception {
    edge(PORT, login(provider.issuer()));
    var ann = new Visitor();
    for (int i = 0; i < 20; i++) {
      ann.get(ADDRESS.resolve("/login?page=" + PAGE));
      assertThat(ann.cookiesOf(ADDRESS)).hasSizeLessThan(8);
    }
    ann.get(ann.logIn(ADDRESS, PAGE, "ann"));
    assertThat(token(ann).statusCode()).isEqualTo(200);
  }

  @Test
  void nobodyTakesTheSpelledIdOfSomebodyElse() throws Exception {
    edge(PORT, login(provider.issuer()));
    var spelled = new Visitor();
    spelled.get(spelled.logIn(ADDRESS, "/", "a@b.example"));
    String user = claims(token(spelled).body()).get("sub").getAsString();
    var thief = new Visitor();
    thief.get(thief.logIn(ADDRESS, "/", user));
    assertThat(claims(token(thief).body()).get("sub").getAsString()).isNotEqualTo(user);
  }

  @Test
  void whileTheProviderIsAwayPeopleAreToldSoAndAfterwardsItsNewKeysCount() throws Exception {
    edge(PORT, login(provider.issuer()));
    var ann = new Visitor();
    ann.get(ann.logIn(ADDRESS, PAGE, "ann"));
    var bob = new Visitor();
    URI back = bob.logIn(ADDRESS, PAGE, "bob");
    provider.kill();
    try {
      assertThat(Visitor.location(back, bob.get(back)).getQuery()).isEqualTo("login=unreachable");
      assertThat(token(ann).statusCode()).isEqualTo(200);
    } finally {
      provider.restart();
    }
    var again = new Visitor();
    again.get(again.logIn(ADDRESS, PAGE, "bob"));
    assertThat(token(again).statusCode()).isEqualTo(200);
  }

  @Test
  void aProviderThatIsNotThereYetIsAskedAgain() throws Exception {
    int port = FreePort.find();
    edge(PORT, login(URI.create("http://127.0.0.1:" + port)));
    URI login = ADDRESS.resolve("/login?page=" + PAGE);
    URI page = Visitor.location(login, new Visitor().get(login));
    assertThat(page).isEqualTo(ADDRESS.resolve(PAGE + "?login=unreachable"));
    OpenIdProvider late =
        OpenIdProvider.start(site, port, List.of(ADDRESS.resolve(LoginApi.CALLBACK)), Map.of());
    try {
      Patience.await("the provider")
          .until(
              () ->
                  late.issuer()
                      .getAuthority()
                      .equals(Visitor.location(login, new Visitor().get(login)).getAuthority()));
    } finally {
      late.kill();
    }
  }

  @Test
  void belowAFolderOfAProxyItIsTheSame() throws Exception {
    edge(PORT, login(provider.issuer()), "/confab");
    var ann = new Visitor();
    URI login = ADDRESS.resolve("/confab/login?page=/confab" + PAGE);
    URI back = ann.atProvider(Visitor.location(login, ann.get(login)), "ann");
    assertThat(back.getPath()).isEqualTo("/confab" + LoginApi.CALLBACK);
    assertThat(Visitor.location(back, ann.get(back))).isEqualTo(ADDRESS.resolve("/confab" + PAGE));
    assertThat(ann.get(ADDRESS.resolve("/confab" + LoginApi.TOKEN)).statusCode()).isEqualTo(200);
  }
}
