package confab.load;

import static org.assertj.core.api.Assertions.assertThat;

import confab.access.AccessToken;
import confab.access.RoomPattern;
import confab.access.TokenKeys;
import confab.access.TokenMaker;
import confab.edge.Edge;
import confab.edge.EdgeConfig;
import confab.edge.access.AccessConfig;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import confab.protocol.grants.Right;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A load on an edge that lets in only who shows a token.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class TokenLoadTest {
  private static final TokenKeys KEYS =
      TokenKeys.parse(List.of("main=a secret that is as long as the hash is"));
  private static final String SMALL =
      "--rooms 2 --listeners 2 --ramp 200ms --duration 2700ms --json ";

  private static Edge edge;

  @TempDir Path folder;

  @BeforeAll
  static void startEdge() throws Exception {
    edge = Edge.start(EdgeConfig.onLoopback().withAccess(AccessConfig.byTokens(KEYS)));
  }

  @AfterAll
  static void stopEdge() {
    edge.close();
  }

  private static String token(String rooms, Optional<UserId> user) {
    var grant =
        new Grant(
            EnumSet.range(Right.JOIN, Right.SUBSCRIBE),
            Instant.now().plusSeconds(600),
            "load",
            Instant.now());
    return new TokenMaker(KEYS, InstantSource.system())
        .make(new AccessToken(new RoomPattern(rooms), user, Optional.empty(), grant));
  }

  @ParameterizedTest
  @ValueSource(strings = {"webtransport", "websocket"})
  void everybodyGetsInByTheToken(String transport) throws Exception {
    String token = token("load-*", Optional.empty());
    Path file = Files.writeString(folder.resolve("token"), token + "\n");
    for (String option : List.of("--token " + token, "--token-file " + file)) {
      var load = Load.start(Load.url(edge), SMALL + option + " --transport " + transport);
      assertThat(load.code()).as(load.err()).isZero();
      assertThat(load.number("connections")).isEqualTo(6);
      assertThat(load.number("delivered")).isPositive();
    }
  }

  @Test
  void whomTheTokenDoesNotLetInIsToldWhy() {
    refused("", "A token is needed.");
    refused("--token nonsense", "This is no token.");
    refused("--token " + token("other-*", Optional.empty()), "The token is for other rooms.");
    var user = Optional.of(new UserId("publisher-0"));
    refused("--token " + token("*", user), "The token is for another user.");
  }

  private static void refused(String option, String why) {
    var load = Load.start(Load.url(edge), SMALL + option);
    assertThat(load.code()).isEqualTo(1);
    assertThat(load.complaints()).singleElement().asString().contains(why, "The load needs");
  }

  @Test
  void anEdgeThatAsksForNoTokenIsAskedByEverybodyAllTheSame() throws Exception {
    try (Edge open = Edge.start(EdgeConfig.onLoopback())) {
      var load = Load.start(Load.url(open), SMALL + "--session-api");
      assertThat(load.code()).as(load.err()).isZero();
      assertThat(load.number("connections")).isEqualTo(6);
    }
  }

  @Test
  void whatCannotBeReadIsWrongUsage() {
    var absent = Load.start(Load.url(edge), "--token-file /nowhere");
    assertThat(absent.code()).isEqualTo(2);
    assertThat(absent.err()).contains("--token-file: cannot read /nowhere");
    var both = Load.start(Load.url(edge), "--token a --token-file /nowhere");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("--token and --token-file do not go together");
  }
}
