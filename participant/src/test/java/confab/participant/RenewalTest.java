package confab.participant;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import confab.access.AccessToken;
import confab.access.RoomPattern;
import confab.access.TokenKeys;
import confab.access.TokenMaker;
import confab.edge.Edge;
import confab.edge.EdgeConfig;
import confab.edge.access.AccessConfig;
import confab.participant.token.TokenSource;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sessions whose grant ends, with and without another token, on an edge that allows clocks no
/// difference.
class RenewalTest {
  private static final TokenKeys KEYS =
      TokenKeys.parse(List.of("main=0123456789abcdef0123456789abcdef"));
  private static final Set<Right> ALL = Grant.OPEN.rights();
  private static final Duration SHORT = Duration.ofSeconds(10);

  private static Edge edge() throws Exception {
    AccessConfig access = AccessConfig.byTokens(KEYS).with(it -> it.leeway = Duration.ofSeconds(1));
    return Edge.start(EdgeConfig.onLoopback().withAccess(access));
  }

  private static String token(Duration life, Set<Right> rights) {
    Instant now = Instant.now();
    var grant = new Grant(rights, now.plus(life), "id", now);
    return new TokenMaker(KEYS, InstantSource.system())
        .make(new AccessToken(new RoomPattern("*"), Optional.empty(), Optional.empty(), grant));
  }

  private static Session join(Edge edge, String user, TokenSource tokens, Diary diary)
      throws Exception {
    String url = "http://127.0.0.1:" + edge.httpAddress().getPort();
    var config = new SessionConfig(url, "demo", user, Transport.WEBSOCKET).withTokens(tokens);
    return Session.join(config, diary);
  }

  @Test
  void whoHasAnotherTokenInTimeStaysAndTheOthersAreToldAndGo(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("token");
    Set<Right> listen = EnumSet.of(Right.JOIN, Right.SUBSCRIBE);
    var diary = new Diary();
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer portal = portal(asked, listen);
    List<Session> sessions = new ArrayList<>();
    try (Edge edge = edge()) {
      Session fixed = join(edge, "fixed", TokenSource.of(token(SHORT, ALL)), diary);
      sessions.add(fixed);
      Files.writeString(file, token(SHORT, ALL));
      Session byFile = join(edge, "file", TokenSource.ofFile(file), new Diary());
      sessions.add(byFile);
      Files.writeString(file, token(Duration.ofMinutes(5), ALL));
      Session byUrl = join(edge, "url", tokensOf(portal), new Diary());
      sessions.add(byUrl);

      await().until(() -> fixed.ending().isPresent());
      assertThat(fixed.ending().get().reason()).contains(CloseReason.EXPIRED);
      assertThat(diary.events).hasAtLeastOneElementOfType(Event.GrantEnds.class);
      assertThat(diary.notices)
          .anyMatch(line -> line.matches("what the token grants ends in \\d+ s"));

      await().during(Duration.ofSeconds(2)).until(() -> byFile.isOpen() && byUrl.isOpen());
      // What the other token grants counts.
      assertThat(byUrl.you().listener()).isTrue();
      assertThat(byFile.you().listener()).isFalse();
      assertThat(asked).hasSizeGreaterThanOrEqualTo(2).containsOnly("Bearer of the robot");
    } finally {
      sessions.forEach(Session::close);
      portal.stop(0);
    }
  }

  @Test
  void whoseTokenIsRefusedOrCannotBeOneAsksOnUntilItIsGood() throws Exception {
    var next = new AtomicReference<String>();
    var diary = new Diary();
    try (Edge edge = edge()) {
      Instant end = Instant.now().plus(SHORT).plusSeconds(2);
      next.set(token(SHORT, ALL));
      Session ann = join(edge, "ann", next::get, diary);
      next.set("x".repeat(5_000));
      await().until(() -> !diary.notices.isEmpty());
      assertThat(ann.isOpen()).isTrue();
      next.set("nonsense");
      await().until(() -> diary.events.stream().anyMatch(Event.Refused.class::isInstance));
      next.set(token(Duration.ofMinutes(5), ALL));
      await().until(() -> Instant.now().isAfter(end));
      assertThat(ann.isOpen()).isTrue();
      ann.close();
    }
  }

  private static TokenSource tokensOf(HttpServer portal) {
    URI url = URI.create("http://127.0.0.1:" + portal.getAddress().getPort() + "/token");
    return TokenSource.ofUrl(url, TokenSource.of("of the robot"), false);
  }

  /// Gives a token that ends soon, and then one that may only listen.
  private static HttpServer portal(List<String> asked, Set<Right> later) throws Exception {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer portal = HttpServer.create(address, 0);
    portal.createContext(
        "/token",
        exchange -> {
          asked.add(exchange.getRequestHeaders().getFirst("Authorization"));
          String token =
              asked.size() == 1 ? token(SHORT, ALL) : token(Duration.ofMinutes(5), later);
          byte[] body = (token + "\n").getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    portal.start();
    return portal;
  }
}
