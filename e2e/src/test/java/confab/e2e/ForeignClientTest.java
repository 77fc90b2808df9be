package confab.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import confab.rig.process.EdgeProcess;
import confab.rig.process.FreePort;
import confab.rig.process.Launch;
import confab.rig.process.NatsServer;
import confab.rig.process.Program;
import confab.rig.process.Site;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PROTOCOL.md is enough to take part by: a client that shares no line with ours is a participant
/// like any other.
class ForeignClientTest {
  private static final String WEB_TRANSPORT = "webtransport";
  private static final String WEB_SOCKET = "websocket";
  private static final List<String> TRANSPORTS = List.of(WEB_TRANSPORT, WEB_SOCKET);

  @TempDir static Path directory;
  private static Site site;
  private static EdgeProcess edge;

  @BeforeAll
  static void start() throws Exception {
    site = Tool.site(directory);
    ForeignClient.prepare(site);
    edge = EdgeProcess.start(site, "edge", Launch.LAUNCHER, List.of());
  }

  @AfterAll
  static void end() {
    site.close();
  }

  private static ForeignClient join(String room, String user, String transport, String... more)
      throws Exception {
    return ForeignClient.join(site, edge.url(), room, user, transport, more);
  }

  @Test
  void hearsAndIsHeardOverBothTransports() throws Exception {
    Program robot = tool("stream", "robot", "--tone", "220");
    ForeignClient one = join("sound", WEB_TRANSPORT, WEB_TRANSPORT, "--speak");
    ForeignClient other = join("sound", WEB_SOCKET, WEB_SOCKET, "--speak");
    one.awaitHearing("robot", 0);
    one.awaitHearing(WEB_SOCKET, 0);
    other.awaitHearing("robot", 0);
    other.awaitHearing(WEB_TRANSPORT, 0);

    String wav = directory.resolve("ear.wav").toString();
    Program ear = tool("listen", "ear", "--json", "--out", wav, "--duration", "2s");
    assertThat(ear.awaitEnd()).isZero();
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
          .extracting(event -> event.get("user").getAsString(), event -> text(event))
          .containsExactly(
              tuple("ann", "Guten Morgen ☕"), tuple("ann", "How are you?"), tuple("bob", "Fine."));
    }
  }

  private static String text(JsonObject said) {
    return said.get("text").getAsString();
  }

  @Test
  void comesBackAsTheSameWhenItsLinkIsCut() throws Exception {
    ForeignClient witness = join("cut", "witness", WEB_SOCKET);
    for (String transport : TRANSPORTS) {
      ForeignClient client = join("cut", transport, transport, "--speak");
      int number = client.await("joined").get("number").getAsInt();
      client.type("before");
      client.await("said", "user", transport);
      witness.awaitHearing(transport, 0);

      client.type("/cut");

      assertThat(client.await("resumed").get("number").getAsInt()).isEqualTo(number);
      client.type("after the cut of " + transport);
      witness.await("said", "text", "after the cut of " + transport);
      witness.awaitHearing(transport, witness.heardOf(transport));
      assertThat(client.events("said"))
          .filteredOn(event -> event.get("user").getAsString().equals(transport))
          .extracting(ForeignClientTest::text)
          .first()
          .isEqualTo("before");
    }
    assertThat(witness.events("gone")).isEmpty();
  }

  @Test
  void hasLeftWhetherItSaysSoOrClosesItsLink() throws Exception {
    ForeignClient witness = join("leave", "witness", WEB_SOCKET);
    for (String transport : TRANSPORTS) {
      for (String way : List.of("/leave", "/close")) {
        String user = transport + "-" + way.substring(1);
        join("leave", user, transport, "--speak").type(way).assertLeft();
        assertThat(witness.await("gone", "user", user).get("reason").getAsString())
            .isEqualTo("left");
      }
    }
    assertThat(witness.events("away")).isEmpty();
  }

  @Test
  void movesToAnotherEdgeWhenItsOwnIsDrained() throws Exception {
    String nats = "--nats=" + NatsServer.start(site, "nats").uri();
    EdgeProcess one = startOnBus("one", nats);
    EdgeProcess two = startOnBus("two", nats);
    one.program().awaitErrors(Pattern.compile("another edge is there"));
    ForeignClient overWebTransport = joinOn(one, two, WEB_TRANSPORT, WEB_TRANSPORT, "--speak");
    ForeignClient overWebSocket = joinOn(one, two, WEB_SOCKET, WEB_SOCKET, "--speak");
    ForeignClient witness = joinOn(two, two, "witness", WEB_SOCKET);
    witness.awaitHearing(WEB_TRANSPORT, 0);
    witness.awaitHearing(WEB_SOCKET, 0);

    one.program().terminate();

    for (ForeignClient each : List.of(overWebTransport, overWebSocket)) {
      assertThat(each.await("moved").get("edge").getAsString()).isEqualTo("two");
    }
    assertThat(one.program().awaitEnd()).isZero();
    overWebTransport.type("here I am");
    witness.await("said", "text", "here I am");
    for (String user : TRANSPORTS) {
      witness.awaitHearing(user, witness.heardOf(user));
    }
    assertThat(witness.events("gone")).isEmpty();
    assertThat(witness.events("away")).isEmpty();
  }

  private static EdgeProcess startOnBus(String name, String nats) throws Exception {
    int port = FreePort.find();
    return EdgeProcess.start(
        site,
        name,
        Launch.LAUNCHER,
        List.of(
            nats,
            "--edge-name=" + name,
            "--resume-key=0123456789abcdef",
            "--http-port=" + port,
            "--advertise-websocket-url=ws://127.0.0.1:" + port + "/ws",
            "--drain-spread=1ms"));
  }

  /// Joins until it is on that edge: which one the API prefers is not for the client to say.
  private static ForeignClient joinOn(
      EdgeProcess wanted, EdgeProcess asked, String user, String transport, String... more)
      throws Exception {
    while (true) {
      ForeignClient client = ForeignClient.join(site, asked.url(), "move", user, transport, more);
      if (client.edge().equals(wanted.name())) {
        return client;
      }
      client.type("/leave").assertLeft();
    }
  }
}
