package confab.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import confab.access.AccessToken;
import confab.access.RoomPattern;
import confab.access.TokenKeys;
import confab.access.TokenMaker;
import confab.edge.access.AccessConfig;
import confab.protocol.DisplayName;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The links that come with a new room, for who makes it and for the others.
@SuppressWarnings("NullAway.Init") // each test begins with a start
class RoomLinksTest {
  private static final TokenKeys KEYS =
      TokenKeys.parse(List.of("main=0123456789abcdef0123456789abcdef"));
  private static final String KEY = "a key that outlives the edge";

  private Edge edge;

  private void start(AccessConfig access) throws Exception {
    edge = Edge.start(EdgeConfig.onLoopback().withResumeKey(KEY).withAccess(access));
  }

  private void restart(AccessConfig access) throws Exception {
    edge.close();
    start(access);
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  private InetSocketAddress address() {
    return edge.httpAddress();
  }

  private JsonObject create(String query, String... headers) throws Exception {
    String path = "/api/v1/rooms" + query;
    HttpResponse<String> made =
        headers.length == 0
            ? Http.send(address(), "POST", path)
            : Http.send(address(), "POST", path, headers);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return Http.json(made);
  }

  private static String[] bearer(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }

  private static String tokenOf(String link) {
    return link.substring(link.indexOf("#t=") + 3);
  }

  private static String creator() {
    var token =
        new AccessToken(
            RoomPattern.ALL,
            Optional.of(new UserId("ann")),
            Optional.of(new DisplayName("Ann")),
            new Grant(
                EnumSet.of(Right.JOIN, Right.CREATE),
                Instant.now().plusSeconds(60),
                "id",
                Instant.EPOCH));
    return new TokenMaker(KEYS, InstantSource.system()).make(token);
  }

  private int session(String room, String user, String token) throws Exception {
    return Http.send(
            address(), "GET", "/api/v1/session?room=" + room + "&user=" + user, bearer(token))
        .statusCode();
  }

  private HttpResponse<String> links(String room, String token) throws Exception {
    return Http.post(address(), "/api/v1/rooms/" + room + "/links", "", bearer(token));
  }

  @Test
  void whereNobodyIsAskedWhoMakesARoomIsItsHostAndOthersComeByItsAddress() throws Exception {
    start(AccessConfig.OPEN);
    JsonObject made = create("?name=Weekly%20planning");
    String room = made.get("room").getAsString();
    String host = tokenOf(made.get("hostLink").getAsString());
    assertThat(made.get("name").getAsString()).isEqualTo("Weekly planning");
    assertThat(made.get("guestLink").getAsString()).isEqualTo("/meeting/" + room);
    assertThat(session(room, "ann", host)).isEqualTo(200);
    assertThat(session("another", "ann", host)).isEqualTo(403);
    assertThat(links(room, host).statusCode()).isEqualTo(200);
    // What is shown has to be good, also where nothing has to be shown.
    assertThat(session(room, "ann", host.substring(0, host.length() - 4) + "AAAA")).isEqualTo(401);
    String query = "/api/v1/session?room=" + room + "&user=bob";
    assertThat(Http.get(address(), query).statusCode()).isEqualTo(200);

    // The name comes with who has the link, and stays as long as the room.
    String ticket =
        Http.json(Http.send(address(), "GET", query, bearer(host))).get("ticket").getAsString();
    Http.joinAndWait(address(), "room=" + room + "&user=bob&ticket=" + ticket).abort();
    assertThat(Http.get(address(), "/api/v1/rooms/" + room).body()).contains("Weekly planning");

    restart(AccessConfig.OPEN);
    assertThat(session(room, "ann", host)).isEqualTo(200);
  }

  @Test
  void whereATokenIsNeededTheMakerLetsGuestsIn() throws Exception {
    start(AccessConfig.byTokens(KEYS));
    JsonObject made = create("", bearer(creator()));
    String room = made.get("room").getAsString();
    String host = tokenOf(made.get("hostLink").getAsString());
    String guest = tokenOf(made.get("guestLink").getAsString());
    assertThat(session(room, "ann", host)).isEqualTo(200);
    // It is for who made the room, and nobody else.
    assertThat(session(room, "bob", host)).isEqualTo(403);
    assertThat(session(room, "bob", guest)).isEqualTo(200);
    assertThat(session("another", "bob", guest)).isEqualTo(403);
    assertThat(links(room, guest).statusCode()).isEqualTo(403);
    assertThat(links("another", host).statusCode()).isEqualTo(403);
    String again = Http.json(links(room, host)).get("guestLink").getAsString();
    assertThat(session(room, "bob", tokenOf(again))).isEqualTo(200);
    assertThat(Http.post(address(), "/api/v1/rooms", "", bearer(guest)).statusCode())
        .isEqualTo(403);

    restart(
        AccessConfig.byTokens(KEYS)
            .with(it -> it.links = new AccessConfig.Links(it.links.lifetime(), false)));
    assertThat(session(room, "ann", host)).isEqualTo(200);
    assertThat(session(room, "bob", guest)).isEqualTo(401);
    assertThat(Http.json(links(room, host)).has("guestLink")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%20", "a%E2%80%AEb", "%0A"})
  void aNameThatCannotBeMakesNoRoom(String name) throws Exception {
    start(AccessConfig.OPEN);
    var refused = Http.send(address(), "POST", "/api/v1/rooms?name=" + name);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(Http.error(refused)).isEqualTo("bad_name");
  }
}
