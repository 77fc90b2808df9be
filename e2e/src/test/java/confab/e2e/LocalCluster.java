package confab.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Three NATS servers, three edges and HAProxy as processes of this machine: `deploy/local-cluster`
/// in the hands of a test.
final class LocalCluster implements AutoCloseable {
  static final int EDGES = 3;
  static final int NATS_SERVERS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(80);

  private final Path directory;
  private final Path log;
  private final HttpClient http = HttpClient.newHttpClient();

  private final Set<Integer> ended = new HashSet<>();

  private LocalCluster(Path directory) {
    this.directory = directory.resolve("cluster");
    log = directory.resolve("script.log");
  }

  static LocalCluster up(Path directory) throws Exception {
    var cluster = new LocalCluster(directory);
    cluster.run("up", "--edges", Integer.toString(EDGES));
    cluster.awaitAllEdges();
    return cluster;
  }

  /// Runs a verb of the script, which has to succeed.
  void run(String... verb) throws Exception {
    String[] command = new String[verb.length + 1];
    command[0] = Tool.ROOT.resolve("deploy/local-cluster").toString();
    System.arraycopy(verb, 0, command, 1, verb.length);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("CONFAB_CLUSTER_DIR", directory.toString());
    builder.environment().put("CONFAB_CLUSTER_PORTS", "free");
    builder.environment().put("CONFAB_QUIC", Tool.QUIC);
    Process process = builder.start();
    boolean ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(ended && process.exitValue() == 0)
        .as("%s: %s", String.join(" ", verb), Files.readString(log))
        .isTrue();
  }

  void run(String verb, int number) throws Exception {
    if (verb.equals("kill-edge") || verb.equals("drain-edge")) {
      ended.add(number);
    }
    run(verb, Integer.toString(number));
  }

  /// Starts an edge again and waits until participants are sent there.
  void startEdge(int edge) throws Exception {
    run("start-edge", edge);
    ended.remove(edge);
    awaitAllEdges();
  }

  /// So that a test that fails leaves the others all they need.
  void startMissingEdges() throws Exception {
    for (int edge : Set.copyOf(ended)) {
      startEdge(edge);
    }
  }

  /// Until whichever edge is asked knows all of them.
  void awaitAllEdges() {
    for (int edge = 1; edge <= EDGES; edge++) {
      String url = edgeUrl(edge) + "/api/v1/session?room=any&user=any";
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> get(url).split("\"webtransport\"", -1).length == EDGES + 1);
    }
  }

  /// The one address of pages, API and WebSocket.
  String pageUrl() {
    return value("PAGE_URL");
  }

  String edgeUrl(int edge) {
    return value("EDGE_" + edge + "_URL");
  }

  String readiness(int edge) {
    return get(edgeUrl(edge) + "/readyz").strip();
  }

  /// The number of the edge of this name.
  static int edge(String name) {
    return Integer.parseInt(name.substring("edge-".length()));
  }

  double metric(int edge, String prefix) {
    URI url = URI.create(edgeUrl(edge));
    return Metric.sum(new InetSocketAddress(url.getHost(), url.getPort()), prefix);
  }

  private String value(String key) {
    var values = new Properties();
    try (var reader = Files.newBufferedReader(directory.resolve("cluster.env"))) {
      values.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values.getProperty(key);
  }

  /// The body; empty when nobody answers.
  private String get(String url) {
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(2)).build();
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  @Override
  public void close() throws Exception {
    run("down");
  }
}
