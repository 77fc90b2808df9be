package confab.e2e;

import static confab.e2e.ForeignClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import confab.rig.process.EdgeProcess;
import confab.rig.process.FreePort;
import confab.rig.process.Launch;
import confab.rig.process.NatsServer;
import confab.rig.process.Program;
import confab.rig.process.Site;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PROTOCOL.md is enough to take part by: a client that shares no line with ours is a participant
/// like any other. Among the first, since it installs what takes long.
@Order(2)
class ForeignClientTest {
  private static final String WEB_TRANSPORT = "webtransport";
  private static final String WEB_SOCKET = "websocket";
  private static final List<String> TRANSPORTS = List.of(WEB_TRANSPORT, WEB_SOCKET);

  @TempDir static Path directory;
  private static Site site;
  private static NatsServer nats;
  private static EdgeProcess edge;

  private final List<ForeignClient> clients = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    site = Tool.site(directory);
    ForeignClient.prepare(site);
    nats = NatsServer.start(site, "nats");
    edge = startEdge("edge");
  }

  private static EdgeProcess startEdge(String name) throws Exception {
    int port = FreePort.find();
    return EdgeProcess.start(
        site,
        name,
        Launch.LAUNCHER,
        List.of(
            "--nats=" + nats.uri(),
            "--edge-name=" + name,
            "--resume-key=0123456789abcdef",
            "--http-port=" + port,
            "--advertise-websocket-url=ws://127.0.0.1:" + port + "/ws",
            "--drain-spread=1ms"));
  }

  @AfterAll
  static void end() {
    site.close();
  }

  @AfterEach
  void leave() {
    clients.forEach(ForeignClient::terminate);
  }

  private ForeignClient join(String room, String user, String transport, String... more)
      throws Exception {
    return start(room, user, transport, more).awaitJoined();
  }

  private ForeignClient start(String room, String user, String transport, String... more)
      throws Exception {
    ForeignClient client = ForeignClient.start(site, edge.url(), room, user, transport, more);
    clients.add(client);
    return client;
  }

  @Test
  void hearsAndIsHeardOverBothTransports() throws Exception {
    Program robot = tool("stream", "robot", "--tone", "220");
    String wav = directory.resolve("ear.wav").toString();
    Program ear = tool("listen", "ear", "--json", "--out", wav);
    ForeignClient one = start("sound", WEB_TRANSPORT, WEB_TRANSPORT, "--speak");
    ForeignClient other = start("sound", WEB_SOCKET, WEB_SOCKET, "--speak");
    one.awaitJoined();
    other.awaitJoined();
    ear.awaitErrors(Pattern.compile("joined as"));
    one.awaitHearing("robot", WEB_SOCKET);
    other.awaitHearing("robot", WEB_TRANSPORT);

    assertThat(Tool.interrupt(ear)).isZero();
    var heard =
        JsonParser.parseString(ear.output()).getAsJsonObject().getAsJsonArray("participants");
    assertThat(StreamSupport.stream(heard.spliterator(), false).map(JsonElement::getAsJsonObject))
        .allMatch(each -> each.get("frames").getAsInt() > 0)
        .extracting(each -> each.get("name").getAsString())
        .containsExactlyInAnyOrder("robot", WEB_TRANSPORT, WEB_SOCKET);
    assertThat(Tool.interrupt(robot)).isZero();
  }

  private static Program tool(String verb, String user, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of(verb, "--url", edge.url()));
    command.addAll(List.of("--room", "sound", "--user", user));
    command.addAll(List.of(more));
    return Tool.start(site, user, command.toArray(String[]::new));
  }

  @Test
  void writesAndReads() throws Exception {
    ForeignClient ann = join("chat", "ann", WEB_TRANSPORT);
    ForeignClient bob = join("chat", "bob", WEB_SOCKET);
    ann.type("Guten Morgen ☕").type("How are you?");
    bob.await("said", "text", "How are you?");
    bob.type("Fine.");
    ann.await("said", "text", "Fine.");
    for (ForeignClient each : List.of(ann, bob)) {
      assertThat(each.events("said"))
          .extracting(event -> text(event, "user"), event -> text(event, "text"))
          .containsExactly(
              tuple("ann", "Guten Morgen ☕"), tuple("ann", "How are you?"), tuple("bob", "Fine."));
    }
  }

  @Test
  void comesBackAsTheSameWhenItsLinkIsCut() throws Exception {
    ForeignClient witness = join("cut", "witness", WEB_SOCKET);
    ForeignClient one = start("cut", WEB_TRANSPORT, WEB_TRANSPORT, "--speak");
    ForeignClient other = start("cut", WEB_SOCKET, WEB_SOCKET, "--speak");
    one.awaitJoined();
    other.awaitJoined();
    witness.awaitHearing(WEB_TRANSPORT, WEB_SOCKET);

    for (ForeignClient each : List.of(one, other)) {
      each.type("before").await("said", "user", each.user());
      each.type("/cut");
    }

    for (ForeignClient each : List.of(one, other)) {
      String after = "after the cut of " + each.user();
      assertThat(each.await("resumed").get("number")).isEqualTo(each.await("joined").get("number"));
      each.type(after).await("said", "text", after);
      witness.await("said", "text", after);
      assertThat(each.events("said"))
          .filteredOn(event -> text(event, "user").equals(each.user()))
          .extracting(event -> text(event, "text"))
          .containsExactly("before", after);
    }
    witness.awaitHearing(WEB_TRANSPORT, WEB_SOCKET);
    assertThat(witness.events("gone")).isEmpty();
  }

  @Test
  void hasLeftWhetherItSaysSoOrClosesItsLink() throws Exception {
    ForeignClient witness = join("leave", "witness", WEB_SOCKET);
    Map<ForeignClient, String> ways = new HashMap<>();
    for (String transport : TRANSPORTS) {
      for (String way : List.of("/leave", "/close")) {
        String user = transport + "-" + way.substring(1);
        ways.put(start("leave", user, transport, "--speak"), way);
      }
    }
    for (var each : ways.entrySet()) {
      ForeignClient leaver = each.getKey().awaitJoined();
      leaver.type(each.getValue()).assertLeft();
      assertThat(text(witness.await("gone", "user", leaver.user()), "reason")).isEqualTo("left");
    }
    assertThat(witness.events("away")).isEmpty();
  }

  @Test
  void movesToAnotherEdgeWhenItsOwnIsDrained() throws Exception {
    EdgeProcess other = startEdge("other");
    edge.program().awaitErrors(Pattern.compile("another edge is there"));
    ForeignClient overWebTransport = join("move", WEB_TRANSPORT, WEB_TRANSPORT, "--speak");
    boolean onOther = overWebTransport.edge().equals(other.name());
    EdgeProcess drained = onOther ? other : edge;
    // The one that stays is there for other tests.
    edge = onOther ? edge : other;
    ForeignClient overWebSocket = joinOn(drained, WEB_SOCKET, WEB_SOCKET, "--speak");
    ForeignClient witness = joinOn(edge, "witness", WEB_SOCKET);
    witness.awaitHearing(WEB_TRANSPORT, WEB_SOCKET);

    drained.program().terminate();

    for (ForeignClient each : List.of(overWebTransport, overWebSocket)) {
      assertThat(text(each.await("moved"), "edge")).isEqualTo(edge.name());
    }
    assertThat(drained.program().awaitEnd()).isZero();
    overWebTransport.type("here I am");
    witness.await("said", "text", "here I am");
    witness.awaitHearing(WEB_TRANSPORT, WEB_SOCKET);
    assertThat(witness.events("gone")).isEmpty();
    assertThat(witness.events("away")).isEmpty();
  }

  /// Joins until it is on that edge: which one the API prefers is not for the client to say.
  private ForeignClient joinOn(EdgeProcess wanted, String user, String transport, String... more)
      throws Exception {
    while (true) {
      ForeignClient client = join("move", user, transport, more);
      if (client.edge().equals(wanted.name())) {
        return client;
      }
      client.type("/leave").assertLeft();
    }
  }
}
