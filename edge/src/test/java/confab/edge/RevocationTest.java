package confab.edge;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import confab.access.AccessToken;
import confab.access.RoomPattern;
import confab.access.TokenKeys;
import confab.access.TokenMaker;
import confab.bus.LocalBus;
import confab.bus.NatsConfig;
import confab.edge.access.AccessConfig;
import confab.edge.access.RevocationFeed;
import confab.edge.admin.AdminTokens;
import confab.protocol.ResumeToken;
import confab.protocol.Seal;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import confab.protocol.revocations.Revocation;
import confab.rig.process.NatsServer;
import confab.room.grants.Revocations;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Operators take back what was granted.
class RevocationTest {
  private static final String ADMIN = "the token of an operator";
  private static final TokenKeys KEYS =
      TokenKeys.parse(List.of("main=0123456789abcdef0123456789abcdef"));
  private static final Set<Right> USUAL = Set.of(Right.JOIN, Right.AUDIO, Right.SUBSCRIBE);

  private final List<AutoCloseable> started = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : started.reversed()) {
      each.close();
    }
  }

  private Edge edge(Optional<Path> file) throws Exception {
    AccessConfig byKeys = AccessConfig.byTokens(KEYS);
    return start(config(byKeys.with(it -> it.revocations = file)));
  }

  private static EdgeConfig config(AccessConfig access) {
    return EdgeConfig.onLoopback().withAccess(access).withAdminTokens(AdminTokens.of(ADMIN));
  }

  private Edge start(EdgeConfig config) throws Exception {
    Edge edge = Edge.start(config);
    started.add(edge);
    return edge;
  }

  private static String token(String rooms, String id, Set<Right> rights) {
    Instant now = Instant.now();
    Grant grant = new Grant(rights, now.plusSeconds(600), id, now);
    var token = new AccessToken(new RoomPattern(rooms), Optional.empty(), Optional.empty(), grant);
    return new TokenMaker(KEYS, InstantSource.system()).make(token);
  }

  private static HttpResponse<String> session(Edge edge, String user, String token)
      throws Exception {
    String path = "/api/v1/session?room=demo&user=" + user;
    return Http.send(edge.httpAddress(), "GET", path, "Authorization", "Bearer " + token);
  }

  private static WebSocket join(Edge edge, String user, String token) throws Exception {
    String ticket = Http.json(session(edge, user, token)).get("ticket").getAsString();
    return Http.joinAndWait(edge.httpAddress(), "room=demo&user=" + user + "&ticket=" + ticket);
  }

  private static HttpResponse<String> revoke(Edge edge, String shown, String body)
      throws Exception {
    return Http.post(
        edge.httpAddress(), "/api/v1/revocations", body, "Authorization", "Bearer " + shown);
  }

  @Test
  void aTokenThatIsTakenBackOpensNothingAndEndsItsSessions() throws Exception {
    Edge edge = edge(Optional.empty());
    String token = token("demo", "one", USUAL);
    WebSocket ann = join(edge, "ann", token);
    WebSocket bob = join(edge, "bob", token("demo", "two", USUAL));

    var answer = revoke(edge, ADMIN, "{\"token\": \"one\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Instant until = Instant.parse(Http.json(answer).get("until").getAsString());
    assertThat(until).isAfter(Instant.now().plus(400, ChronoUnit.DAYS));

    await().until(ann::isInputClosed);
    assertThat(bob.isInputClosed()).isFalse();
    var refused = session(edge, "ann", token);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains("The token was taken back.");
    assertThat(Http.get(edge.httpAddress(), "/metrics").body())
        .contains("confab_revocations 1", "confab_tokens_refused_total{fault=\"revoked\"} 1");
  }

  @Test
  void whatAUserHasIsTakenBackAndWhatIsMadeLaterIsGood() throws Exception {
    Edge edge = edge(Optional.empty());
    String token = token("demo", "one", USUAL);
    WebSocket ann = join(edge, "ann", token);
    // Tokens tell whole seconds.
    String later = Instant.now().plusSeconds(1).toString();
    assertThat(
            revoke(edge, ADMIN, "{\"user\": \"ann\", \"before\": \"" + later + "\"}").statusCode())
        .isEqualTo(200);
    await().until(ann::isInputClosed);
    assertThat(session(edge, "ann", token).statusCode()).isEqualTo(401);
    // Whoever has a link is nobody in particular.
    assertThat(session(edge, "bob", token).statusCode()).isEqualTo(200);
    await().until(() -> session(edge, "ann", token("demo", "new", USUAL)).statusCode() == 200);
  }

  @Test
  void onlyOperatorsTakeBackAndOnlyWhatCanBeMeant() throws Exception {
    Edge edge = edge(Optional.empty());
    String body = "{\"token\": \"one\"}";
    assertThat(revoke(edge, "somebody", body).statusCode()).isEqualTo(401);
    assertThat(revoke(edge, token("*", "host", Set.of(Right.HOST)), body).statusCode())
        .isEqualTo(401);
    assertThat(revoke(edge, token("demo", "a", Set.of(Right.ADMIN)), body).statusCode())
        .isEqualTo(401);
    assertThat(revoke(edge, token("*", "admin", Set.of(Right.ADMIN)), body).statusCode())
        .isEqualTo(200);
    for (String odd :
        List.of(
            "",
            "[]",
            "{}",
            "nonsense",
            "{\"token\": \"\"}",
            "{\"token\": {}}",
            "{\"token\": \"a\", \"user\": \"b\"}",
            "{\"token\": \"a\", \"before\": \"2026-12-01T10:00:00Z\"}",
            "{\"token\": \"" + "a".repeat(129) + "\"}",
            "{\"token\": \"\\ud800\"}",
            "{\"token\": 1}",
            "{token: abc}",
            "{\"user\": \"ann\", \"befor\": \"2026-12-01T10:00:00Z\"}",
            "{\"user\": \"ann\", \"before\": \"-1000000000-01-01T00:00:00Z\"}",
            "{\"user\": \"not a user\"}",
            "{\"user\": \"ann\", \"before\": \"tomorrow\"}",
            "{\"user\": \"ann\", \"before\": \"+999999999-01-01T00:00:00Z\"}")) {
      var answer = revoke(edge, ADMIN, odd);
      assertThat(answer.statusCode()).as(odd).isEqualTo(400);
      assertThat(Http.error(answer)).isEqualTo("bad_request");
    }
  }

  @Test
  void itIsKnownAfterTheEdgeIsStartedAgain(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("revocations");
    String token = token("demo", "one with blanks", USUAL);
    Edge edge = edge(Optional.of(file));
    revoke(edge, ADMIN, "{\"token\": \"one with blanks\"}");
    revoke(edge, ADMIN, "{\"user\": \"eve\"}");
    await().until(() -> Files.readAllLines(file).size() == 2);
    edge.close();

    Edge again = edge(Optional.of(file));
    assertThat(session(again, "ann", token).statusCode()).isEqualTo(401);
    assertThat(Http.get(again.httpAddress(), "/metrics").body()).contains("confab_revocations 2");

    for (String odd :
        List.of(
            "something else",
            "2027-01-01T00:00:00Z token ",
            "+1000000000-01-01T00:00:00Z token a",
            "2027-01-01T00:00:00Z user eve")) {
      Files.writeString(file, odd + "\n");
      assertThatThrownBy(() -> edge(Optional.of(file)))
          .isInstanceOf(StartException.class)
          .hasMessage("--revocations-file: " + file + " line 1 is no revocation");
    }
  }

  // --- between edges ---

  @Test
  void sessionsEndOnEveryEdgeAndWhatWasMissedInAnOutageIsToldAfterIt() throws Exception {
    NatsServer nats = NatsServer.started();
    started.add(nats);
    List<Edge> edges = new ArrayList<>();
    for (String name : List.of("one", "two", "three")) {
      var bus =
          new NatsConfig(
              List.of(nats.uri()), new NatsConfig.Login.Anonymous(), NatsConfig.Tls.DEFAULT, name);
      edges.add(
          start(config(AccessConfig.byTokens(KEYS)).withCluster(name, bus, "a key of all edges")));
    }
    Edge first = edges.getFirst();
    List<WebSocket> sessions = new ArrayList<>();
    String token = token("demo", "one", USUAL);
    for (Edge edge : edges) {
      sessions.add(join(edge, "ann", token));
    }
    revoke(first, ADMIN, "{\"token\": \"one\"}");
    await().until(() -> sessions.stream().allMatch(WebSocket::isInputClosed));
    for (Edge edge : edges) {
      assertThat(session(edge, "ann", token).statusCode()).isEqualTo(401);
    }

    String another = token("demo", "two", USUAL);
    WebSocket far = join(edges.getLast(), "ann", another);
    nats.kill();
    assertThat(revoke(first, ADMIN, "{\"token\": \"two\"}").statusCode()).isEqualTo(200);
    assertThat(session(edges.getLast(), "ann", another).statusCode()).isEqualTo(200);
    nats.start();
    await().until(far::isInputClosed);
    assertThat(session(edges.getLast(), "ann", another).statusCode()).isEqualTo(401);
  }

  private final LocalBus.Network network = new LocalBus.Network();

  private RevocationFeed feed(Revocations known, String key) {
    Seal seal = Seal.by(List.of(ResumeToken.key(key)));
    var feed = new RevocationFeed(known, network.connect(), seal);
    started.add(feed);
    return feed;
  }

  @Test
  void allEdgesKnowAndOneThatComesLaterIsToldAllOfIt() {
    Instant until = Instant.now().plusSeconds(1_000).truncatedTo(ChronoUnit.MILLIS);
    var one = new Revocations(InstantSource.system());
    var two = new Revocations(InstantSource.system());
    var late = new Revocations(InstantSource.system());
    RevocationFeed first = feed(one, "shared");
    RevocationFeed second = feed(two, "shared");
    IntStream.range(0, 1_200)
        .forEach(i -> first.revoke(new Revocation.OfToken("token-" + i, until)));
    second.revoke(new Revocation.OfUser(new UserId("ann"), until, until));
    await().until(() -> one.count() == 1_201 && two.count() == 1_201);

    feed(late, "shared");
    await().until(() -> late.count() == 1_201);
    assertThat(late.digest()).isEqualTo(one.digest()).isEqualTo(two.digest());
  }

  @Test
  void anEdgeThatIsFullStillTellsWhatItKnows() {
    Instant until = Instant.now().plusSeconds(1_000).truncatedTo(ChronoUnit.MILLIS);
    var full = new Revocations(InstantSource.system());
    for (int i = 0; full.count() < 100_000; i++) {
      full.add(new Revocation.OfToken("token-" + i, until));
    }
    var late = new Revocations(InstantSource.system());
    assertThat(full.add(new Revocation.OfToken("one more", until)))
        .isEqualTo(Revocations.Outcome.FULL);
    feed(full, "shared");
    feed(late, "shared");
    await().until(() -> late.digest() == full.digest());
  }

  @Test
  void whoHasNotTheKeyTakesNothingBack() {
    Instant until = Instant.now().plusSeconds(1_000).truncatedTo(ChronoUnit.MILLIS);
    var one = new Revocations(InstantSource.system());
    RevocationFeed first = feed(one, "shared");
    feed(new Revocations(InstantSource.system()), "of strangers")
        .revoke(new Revocation.OfToken("one", until));
    await().until(() -> first.refused() > 0);
    assertThat(one.count()).isZero();
  }
}
