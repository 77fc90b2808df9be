package confab.e2e;

import static confab.rig.Patience.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import confab.access.AccessToken;
import confab.access.RoomPattern;
import confab.access.TokenKeys;
import confab.access.TokenMaker;
import confab.edge.access.AccessConfig;
import confab.participant.Session;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import confab.participant.Transport;
import confab.protocol.CloseReason;
import confab.protocol.Frame;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import confab.rig.browser.Tab;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Rooms that need a token, as people with a link and robots meet them.
class InvitationTest {
  private static final TokenKeys KEYS =
      TokenKeys.parse(List.of("main=a secret that is as long as the hash is"));

  @RegisterExtension static final Person BROWSER = Person.silent();

  @RegisterExtension
  final OneEdge edge = new OneEdge(Tool.edgeConfig().withAccess(AccessConfig.byTokens(KEYS)));

  private static String token(String user, Duration life, Set<Right> rights) {
    var token =
        new AccessToken(
            new RoomPattern("demo"),
            Optional.of(new UserId(user)),
            Optional.empty(),
            new Grant(rights, Instant.now().plus(life), "id", Instant.now()));
    return new TokenMaker(KEYS, InstantSource.system()).make(token);
  }

  private static String token(String user) {
    return token(user, Duration.ofHours(1), Grant.OPEN.rights());
  }

  private Session robot(String user, Transport transport, SessionListener listener)
      throws Exception {
    var config = new SessionConfig(edge.url(), "demo", user, transport).withToken(token(user));
    return Session.join(config, listener);
  }

  @Test
  void aLinkWithATokenOpensTheRoomAndOneWithoutDoesNot() throws Exception {
    Tab stranger = BROWSER.newTab();
    stranger.page().navigate(edge.meeting("ann"));
    stranger.page().getByText("You need an invitation for this room").first().waitFor();

    List<String> requests = new CopyOnWriteArrayList<>();
    Tab ann = BROWSER.newTab();
    ann.page().onRequest(request -> requests.add(request.url()));
    ann.page().onWebSocket(socket -> requests.add(socket.url()));
    String token = token("ann");
    ann.page().navigate(edge.meeting("ann") + "#t=" + token);
    ann.button("Join").click();
    ann.participant("ann").waitFor();
    // What an edge or a proxy could log.
    assertThat(requests).isNotEmpty().noneMatch(url -> url.split("#")[0].contains(token));

    ann.button("Share").click();
    ann.page().getByText("Everybody needs an invitation of their own").first().waitFor();
    ann.button("Copy link").click();
    assertThat((String) ann.page().evaluate("() => navigator.clipboard.readText()"))
        .doesNotContain(token);
    ann.page().reload();
    ann.participant("ann").waitFor();
    assertThat(ann.errors()).isEmpty();
  }

  @Test
  void whoMayNotBeHeardIsAskedForNoMicrophoneAndShownAsAListener() throws Exception {
    Set<Right> rights = EnumSet.copyOf(Grant.OPEN.rights());
    rights.remove(Right.AUDIO);
    rights.remove(Right.CHAT);
    var heard = new AtomicInteger();
    var counting =
        new SessionListener() {
          @Override
          public void frame(Frame frame) {
            heard.incrementAndGet();
          }
        };
    try (Session robot = robot("robot", Transport.AUTO, counting)) {
      Tab ann = BROWSER.newTab();
      ann.page()
          .addInitScript(
              "navigator.mediaDevices.getUserMedia = () => { window.asked = true; throw 0; }");
      ann.page().navigate(edge.meeting("ann") + "#t=" + token("ann", Duration.ofHours(1), rights));
      ann.button("Join").click();
      ann.participant("listens only").waitFor();
      assertThat(ann.page().evaluate("() => window.asked === true")).isEqualTo(false);
      assertThat(ann.button("Mute").count() + ann.button("Unmute").count()).isZero();
      await().until(() -> robot.roster().stream().anyMatch(it -> it.listener() && !it.away()));

      ann.button("Chat").click();
      ann.page().getByRole(AriaRole.TEXTBOX).last().fill("hello");
      ann.page().keyboard().press("Enter");
      ann.page().getByText("Your invitation does not allow this").first().waitFor();
      assertThat(heard).hasValue(0);
      Looks.fit(ann, "listener");
    }
  }

  @Test
  void whatIsGrantedEndsForRobotsAndPages() throws Exception {
    // The leeway of an edge is a minute: what ended 40 s ago has twenty seconds to go.
    Duration life = Duration.ofSeconds(-40);
    String page = token("ann", life, Grant.OPEN.rights());
    String robots = token("robot", life, Grant.OPEN.rights());
    List<Session> sessions = new ArrayList<>();
    try {
      for (Transport transport : List.of(Transport.WEBTRANSPORT, Transport.WEBSOCKET)) {
        var config = new SessionConfig(edge.url(), "demo", "robot", transport).withToken(robots);
        sessions.add(Session.join(config, new SessionListener() {}));
      }
      Tab ann = BROWSER.newTab();
      ann.page().navigate(edge.meeting("ann") + "#t=" + page);
      ann.button("Join").click();
      ann.page().getByText("Your invitation runs out in").first().waitFor();
      ann.page().getByText("Your invitation has run out.").first().waitFor();
      for (Session session : sessions) {
        await().until(() -> session.ending().isPresent());
        assertThat(session.ending().get().reason()).contains(CloseReason.EXPIRED);
      }
    } finally {
      sessions.forEach(Session::close);
    }
  }

  @Test
  void aPageRenewsWhatItMayWithoutAWord() throws Exception {
    var asked = new AtomicInteger();
    HttpServer tokens =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    // The first has twenty seconds to go, with the leeway.
    tokens.createContext(
        "/token",
        exchange -> {
          boolean first = asked.getAndIncrement() == 0;
          Duration life = first ? Duration.ofSeconds(-40) : Duration.ofHours(1);
          byte[] token = token("ann", life, Grant.OPEN.rights()).getBytes(US_ASCII);
          String page = exchange.getRequestHeaders().getFirst("Origin");
          exchange.getResponseHeaders().add("Access-Control-Allow-Origin", page);
          exchange.getResponseHeaders().add("Access-Control-Allow-Credentials", "true");
          exchange.sendResponseHeaders(200, token.length);
          exchange.getResponseBody().write(token);
          exchange.close();
        });
    tokens.start();
    try {
      URI url = URI.create("http://127.0.0.1:" + tokens.getAddress().getPort() + "/token");
      AccessConfig access = AccessConfig.byTokens(KEYS).with(it -> it.tokenUrl = Optional.of(url));
      edge.restart(Tool.edgeConfig().withAccess(access));
      Tab ann = BROWSER.newTab();
      ann.join(edge.meeting("ann"));
      Instant over = Instant.now().plusSeconds(25);
      await().until(() -> asked.get() > 1);
      await().until(() -> Instant.now().isAfter(over));
      assertThat(ann.participant("ann").count()).isOne();
      assertThat(ann.page().getByText("runs out").count()).isZero();
      assertThat(ann.errors()).isEmpty();
    } finally {
      tokens.stop(0);
    }
  }
}
