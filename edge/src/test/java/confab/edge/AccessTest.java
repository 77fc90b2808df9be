package confab.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import confab.access.AccessToken;
import confab.access.RoomPattern;
import confab.access.TokenKeys;
import confab.access.TokenMaker;
import confab.edge.access.AccessConfig;
import confab.edge.access.AccessConfig.KeySet;
import confab.protocol.UserId;
import confab.protocol.address.Origins;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import confab.rig.Patience;
import confab.room.RoomLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An edge with `--auth token`, as those see it who have a token and those who have none.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class AccessTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final TokenKeys KEYS = TokenKeys.parse(List.of("main=" + SECRET));
  private static final Set<Right> USUAL = Set.of(Right.JOIN, Right.AUDIO, Right.SUBSCRIBE);
  private static Edge edge;

  @BeforeAll
  static void start() throws Exception {
    RoomLimits limits =
        RoomLimits.defaults()
            .with(it -> it.allowedOrigins = Origins.parse(List.of("https://friend.example")));
    edge =
        Edge.start(
            EdgeConfig.onLoopback().withLimits(limits).withAccess(AccessConfig.byTokens(KEYS)));
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  private static String token(
      TokenKeys keys, String rooms, @Nullable String user, Set<Right> rights) {
    Instant end = Instant.now().plusSeconds(60);
    var token =
        new AccessToken(
            new RoomPattern(rooms),
            Optional.ofNullable(user).map(UserId::new),
            Optional.empty(),
            new Grant(rights, end, "id", Instant.EPOCH));
    return new TokenMaker(keys, InstantSource.system()).make(token);
  }

  private static HttpResponse<String> session(Edge asked, String query, String token)
      throws Exception {
    return Http.send(
        asked.httpAddress(), "GET", "/api/v1/session?" + query, "Authorization", "Bearer " + token);
  }

  private static String ticket(String query, String token) throws Exception {
    var answer = session(edge, query, token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Http.json(answer).get("ticket").getAsString();
  }

  private static int upgrade(String query) throws Exception {
    String head =
        "GET /ws?%s HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    return Integer.parseInt(Http.head(edge.httpAddress(), head.formatted(query)).split(" ", 3)[1]);
  }

  @Test
  void aTicketForATokenOpensTheRoom() throws Exception {
    String ticket = ticket("room=demo&user=ann", token(KEYS, "demo", "ann", USUAL));
    Http.joinAndWait(edge.httpAddress(), "room=demo&user=ann&ticket=" + ticket).abort();
    assertThat(upgrade("room=demo&user=ann")).isEqualTo(401);
    assertThat(upgrade("room=demo&user=bob&ticket=" + ticket)).isEqualTo(401);
    assertThat(upgrade("room=other&user=ann&ticket=" + ticket)).isEqualTo(401);
  }

  @Test
  void whoHasNoGoodTokenIsToldWhatIsWrong() throws Exception {
    var none = Http.get(edge.httpAddress(), "/api/v1/session?room=demo&user=ann");
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(Http.error(none)).isEqualTo("unauthorized");
    assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");

    TokenKeys strange = TokenKeys.parse(List.of("main=" + SECRET.replace('a', 'b')));
    String forged = token(strange, "*", null, USUAL);
    assertThat(session(edge, "room=demo&user=ann", forged).statusCode()).isEqualTo(401);
    assertThat(session(edge, "room=demo&user=ann", "nonsense").statusCode()).isEqualTo(401);

    String good = token(KEYS, "team-*", "ann", USUAL);
    for (String query : List.of("room=demo&user=ann", "room=team-a&user=bob")) {
      var foreign = session(edge, query, good);
      assertThat(foreign.statusCode()).isEqualTo(403);
      assertThat(Http.error(foreign)).isEqualTo("forbidden");
    }
    String outside = token(KEYS, "demo", "ann", Set.of(Right.CHAT));
    assertThat(session(edge, "room=demo&user=ann", outside).body()).contains("join");
    // What is not in order is said as it is without tokens.
    assertThat(Http.error(session(edge, "room=De%20mo&user=ann", good))).isEqualTo("bad_room");
    assertThat(Http.get(edge.httpAddress(), "/metrics").body())
        .containsPattern("confab_tokens_refused_total\\{fault=\"forged\"} [1-9]");
  }

  @Test
  void roomsAreShownToThoseWhoMayEnterThemAndMadeByHostsOfAll() throws Exception {
    var address = edge.httpAddress();
    assertThat(Http.get(address, "/api/v1/rooms/demo").statusCode()).isEqualTo(401);
    assertThat(Http.send(address, "POST", "/api/v1/rooms").statusCode()).isEqualTo(401);

    String[] guest = {"Authorization", "Bearer " + token(KEYS, "demo", null, USUAL)};
    assertThat(Http.send(address, "GET", "/api/v1/rooms/other", guest).statusCode()).isEqualTo(403);
    assertThat(Http.send(address, "GET", "/api/v1/rooms/demo", guest).statusCode()).isIn(200, 404);
    assertThat(Http.send(address, "POST", "/api/v1/rooms", guest).statusCode()).isEqualTo(403);

    String[] host = {"Authorization", "Bearer " + token(KEYS, "*", null, Set.of(Right.HOST))};
    assertThat(Http.send(address, "POST", "/api/v1/rooms", host).statusCode()).isEqualTo(201);
  }

  @Test
  void aPageOfAnAllowedOriginMayShowAToken() throws Exception {
    String path = "/api/v1/session?room=demo&user=ann";
    var friend = Http.send(edge.httpAddress(), "OPTIONS", path, "Origin", "https://friend.example");
    assertThat(friend.statusCode()).isEqualTo(204);
    assertThat(friend.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://friend.example");
    assertThat(friend.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValueSatisfying(it -> assertThat(it).isEqualToIgnoringCase("authorization"));
    var evil = Http.send(edge.httpAddress(), "OPTIONS", path, "Origin", "https://evil.example");
    assertThat(evil.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  private static AccessConfig byIssuer(AccessConfig.Issuer issuer) {
    return AccessConfig.byTokens(TokenKeys.NONE).with(it -> it.issuer = Optional.of(issuer));
  }

  private static AccessConfig byKeysOf(Path file) {
    return AccessConfig.byTokens(TokenKeys.NONE).with(it -> it.keyFile = Optional.of(file));
  }

  @Test
  void keysAreReplacedInTheirFileWhileTheEdgeRuns(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("keys"), "main=" + SECRET + "\n");
    AccessConfig access = byKeysOf(file);
    try (Edge other = Edge.start(EdgeConfig.onLoopback().withAccess(access))) {
      String query = "room=demo&user=ann";
      String former = token(KEYS, "demo", null, USUAL);
      String line = "main=the next secret that is as long as a hash";
      String now = token(TokenKeys.parse(List.of(line)), "*", null, USUAL);
      assertThat(session(other, query, former).statusCode()).isEqualTo(200);
      assertThat(session(other, query, now).statusCode()).isEqualTo(401);

      Files.writeString(file, line);
      Patience.await().until(() -> session(other, query, now).statusCode() == 200);
      assertThat(session(other, query, former).statusCode()).isEqualTo(401);

      // What cannot be used changes nothing.
      Files.writeString(file, "main=short");
      Patience.await()
          .during(Duration.ofMillis(1_500))
          .until(() -> session(other, query, now).statusCode() == 200);
    }
  }

  @Test
  void tokensOfAnIssuerOpenTheRoom(@TempDir Path folder) throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("of-today").generate();
    byte[] set = new JWKSet(key).toString().getBytes(StandardCharsets.UTF_8);
    HttpServer provider =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext(
        "/keys",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, set.length);
            exchange.getResponseBody().write(set);
          }
        });
    provider.start();
    try {
      URI url = URI.create("http://localhost:" + provider.getAddress().getPort() + "/keys");
      tokensOfAnIssuerOpenTheRoom(key, new KeySet.AtUrl(url));
    } finally {
      provider.stop(0);
    }
    Path file = Files.write(folder.resolve("keys.json"), set);
    tokensOfAnIssuerOpenTheRoom(key, new KeySet.InFile(file));
  }

  private static void tokensOfAnIssuerOpenTheRoom(ECKey key, KeySet keys) throws Exception {
    String name = "https://id.example";
    var access = byIssuer(new AccessConfig.Issuer(name, keys));
    try (Edge other = Edge.start(EdgeConfig.onLoopback().withAccess(access))) {
      String query = "room=demo&user=ann";
      var joined = session(other, query, token(key, name));
      assertThat(joined.statusCode()).as(joined.body()).isEqualTo(200);
      String ticket = Http.json(joined).get("ticket").getAsString();
      Http.joinAndWait(other.httpAddress(), query + "&ticket=" + ticket).abort();

      String foreign = token(key, "https://evil.example");
      assertThat(session(other, query, foreign).statusCode()).isEqualTo(401);
      String ours = token(KEYS, "demo", "ann", USUAL);
      assertThat(session(other, query, ours).statusCode()).isEqualTo(401);
      int fetched = keys instanceof KeySet.AtUrl ? 1 : 0;
      assertThat(Http.get(other.httpAddress(), "/metrics").body())
          .contains("confab_token_keys_refreshes_total{outcome=\"fetched\"} " + fetched);
    }
  }

  private static String token(ECKey key, String issuer) throws Exception {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .subject("ann")
            .claim("room", "demo")
            .expirationTime(Date.from(Instant.now().plusSeconds(60)))
            .build();
    var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
    var jwt = new SignedJWT(header, claims);
    jwt.sign(new ECDSASigner(key));
    return jwt.serialize();
  }

  @Test
  void aFileOfKeysThatCannotBeUsedIsNamedAtTheStart(@TempDir Path folder) {
    Path none = folder.resolve("none");
    AccessConfig access = byKeysOf(none);
    assertThatThrownBy(() -> Edge.start(EdgeConfig.onLoopback().withAccess(access)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("--token-key-file: cannot read " + none);

    var issuer = new AccessConfig.Issuer("https://id.example", new KeySet.InFile(none));
    var byIssuer = EdgeConfig.onLoopback().withAccess(byIssuer(issuer));
    assertThatThrownBy(() -> Edge.start(byIssuer))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("--token-jwks: cannot read " + none);
  }
}
