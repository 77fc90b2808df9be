package confab.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import confab.rig.process.EdgeProcess;
import confab.rig.process.Launch;
import confab.rig.process.NatsServer;
import confab.rig.process.Program;
import confab.rig.process.Site;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The process as a person or an init system starts and stops it.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class ServeProcessTest {
  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void open() {
    site = Site.in(folder, Map.of());
  }

  @AfterEach
  void close() {
    site.close();
  }

  private EdgeProcess start(String... options) throws Exception {
    return EdgeProcess.start(site, "edge", Launch.CLASS_PATH, List.of(options));
  }

  private static InetSocketAddress address(EdgeProcess edge) {
    return new InetSocketAddress("127.0.0.1", edge.port());
  }

  @Test
  void announcesWhereItIsLogsSessionsAndStopsCleanlyOnSigterm() throws Exception {
    EdgeProcess edge = start("--log-format=json");
    Http.joinAndWait(address(edge), "room=demo&user=alice");
    edge.program().terminate();
    assertThat(edge.program().awaitEnd()).isZero();

    List<String> said = edge.program().output().lines().toList();
    assertThat(said.get(0)).startsWith("Confab is ready: open http://127.0.0.1:");
    assertThat(said.get(1))
        .matches("Ports: HTTP \\d+ \\(TCP\\), HTTPS \\d+ .*\\d+ \\(UDP, netty\\)");
    assertThat(said.get(2)).startsWith("Who may enter: whoever knows a room");
    List<String> log = edge.program().errors().lines().toList();
    List<String> events = log.stream().filter(line -> line.startsWith("{")).toList();
    assertThat(events).anyMatch(line -> line.contains("session opened"));
    assertThat(events)
        .anyMatch(line -> line.contains("session closed") && line.contains("shutdown"));
    assertThat(events).allMatch(line -> JsonParser.parseString(line).isJsonObject());
    assertThat(log).noneMatch(line -> line.startsWith("\tat "));
  }

  @Test
  void theTextLogNamesSessionAndRoom() throws Exception {
    EdgeProcess edge = start();
    Http.joinAndWait(address(edge), "room=demo&user=alice");
    edge.program().terminate();
    edge.program().awaitEnd();
    assertThat(edge.program().errors())
        .containsPattern("INFO +\\S+: session opened session=[0-9a-f]{16} room=demo user=alice");
  }

  /// A pipe holds 64 KiB, and who writes to a full one waits until somebody reads.
  @Test
  void whoReadsTheLogAndStandsStillStopsNothing() throws Exception {
    Path pipe = folder.resolve("log");
    assertThat(site.start("mkfifo", List.of("mkfifo", pipe.toString())).awaitEnd()).isZero();
    site.start("reader", List.of("sh", "-c", "exec sleep 1000 <" + pipe));
    List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" 2>" + pipe, "sh"));
    command.addAll(
        List.of(
            Launch.java(),
            "-cp",
            System.getProperty("java.class.path"),
            "confab.edge.Main",
            "--bind=127.0.0.1",
            "--http-port=0",
            "--https-port=0",
            "--quic-port=0",
            "--connects-per-second=10000",
            "--sessions-per-address=10000"));
    Program edge = site.start("edge", command);
    String port = edge.awaitOutput(Pattern.compile("open http://127.0.0.1:(\\d+)/")).group(1);
    var address = new InetSocketAddress("127.0.0.1", Integer.parseInt(port));
    for (int joined = 0; droppedLines(address) == 0; joined++) {
      assertThat(joined).as("joins, of which each is two lines").isLessThan(5_000);
      Http.joinAndWait(address, "room=demo&user=alice").abort();
    }
    assertThat(Http.get(address, "/healthz").statusCode()).isEqualTo(200);
    edge.terminate();
    assertThat(edge.awaitEnd()).isZero();
  }

  private static double droppedLines(InetSocketAddress address) throws Exception {
    return Http.get(address, "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("confab_log_lines_dropped_total "))
        .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whoDrainsAnEdgeThatHasNobodyIsAnswered() throws Exception {
    EdgeProcess edge = start("--admin-token=a token of the operator");
    var answer =
        Http.send(
            address(edge),
            "POST",
            "/api/v1/drain",
            "Authorization",
            "Bearer a token of the operator");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(edge.program().awaitEnd()).isZero();
    assertThat(edge.program().errors()).contains("ended");
  }

  @Test
  void aClosedTerminalEndsNothing() throws Exception {
    EdgeProcess edge = start();
    edge.program().signal("HUP");
    edge.program().awaitErrors(Pattern.compile("SIGHUP"));
    assertThat(Http.get(address(edge), "/readyz").body()).isEqualTo("ready\n");
    edge.program().terminate();
    assertThat(edge.program().awaitEnd()).isZero();
  }

  @Test
  void whoIsToldTwiceToEndWaitsForNobody() throws Exception {
    NatsServer nats = NatsServer.start(site, "nats");
    String bus = "--nats=" + nats.uri();
    EdgeProcess edge = start(bus, "--drain-timeout=1h");
    try (EdgeProcess _ =
        EdgeProcess.start(site, "other", Launch.CLASS_PATH, List.of(bus, "--edge-name=other"))) {
      edge.program().awaitErrors(Pattern.compile("another edge is there"));
      // It does not do what it is asked for.
      Http.joinAndWait(address(edge), "room=demo&user=alice");
      edge.program().terminate();
      edge.program().awaitErrors(Pattern.compile("draining"));
      edge.program().terminate();
      assertThat(edge.program().awaitEnd()).isZero();
      assertThat(edge.program().errors()).contains("nobody is waited for");
    }
  }

  @Test
  void whereTheNativesCannotBeUnpackedTheLogAndAMetricSaySo() throws Exception {
    EdgeProcess without = start("--native-dir=/proc/none");
    assertThat(engine(without)).isEqualTo("kwik");
    assertThat(without.program().errors()).contains("netty does not run here").contains("why=");
    assertThat(engine(start("--native-dir=" + folder))).isEqualTo("netty");
  }

  /// As its metric says.
  private static String engine(EdgeProcess edge) throws Exception {
    String metrics = Http.get(address(edge), "/metrics").body();
    Matcher running = Pattern.compile("confab_quic_engine\\{engine=\"(\\w+)\"} 1").matcher(metrics);
    assertThat(running.find()).isTrue();
    return running.group(1);
  }
}
