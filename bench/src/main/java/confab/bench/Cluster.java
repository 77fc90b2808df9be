package confab.bench;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Scanner;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// Three edges with NATS and HAProxy, by way of `deploy/local-cluster`, whose verbs run one at a
/// time. Edges are meant by their names, such as `edge-1`.
@NullMarked
final class Cluster {
  static final int EDGES = 3;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path dir;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private volatile @Nullable Process starting;
  private boolean closed; // guarded by this

  private Cluster(Path dir) {
    this.dir = dir;
  }

  /// Its end is [#down], also when the start was broken off.
  static Cluster in(Path dir) {
    return new Cluster(dir);
  }

  synchronized void up() throws IOException, InterruptedException {
    Process process = script("up", "--edges", String.valueOf(EDGES)).start();
    starting = process;
    check(process, "up");
    starting = null;
  }

  /// May be called by another thread than the one that is in the middle of something.
  void down() {
    Process up = starting;
    if (up != null) {
      up.destroy();
    }
    synchronized (this) {
      closed = true;
      try {
        script("down").redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
      } catch (IOException e) {
        System.err.println("bench: taking down the cluster in " + dir + ": " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// At once: the script would take some 100 ms to get to it.
  void kill(String edge) throws IOException, InterruptedException {
    signal("KILL", edge);
  }

  /// At once, as [#kill]; [#mend] thaws.
  void freeze(String edge) throws IOException, InterruptedException {
    signal("STOP", edge);
  }

  private void signal(String name, String edge) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -s " + name + " " + pid(edge)).start().waitFor();
  }

  /// Returns when the edge has ended.
  void drain(String edge) throws IOException, InterruptedException {
    verb("drain-edge", number(edge));
  }

  /// Starts the edges that have ended and thaws those that are frozen.
  void mend() throws IOException, InterruptedException {
    for (String edge : edges()) {
      Path status = Path.of("/proc", String.valueOf(pid(edge)), "status");
      String state = Files.exists(status) ? Files.readString(status) : "State:\tX";
      if (state.contains("State:\tT")) {
        verb("thaw-edge", number(edge));
      } else if (state.contains("State:\tX") || state.contains("State:\tZ")) {
        verb("start-edge", number(edge));
      }
    }
  }

  /// Puts the logs aside before the next start of an edge takes their place.
  void keepLogs(String name) throws IOException {
    Path kept = Files.createDirectories(dir.resolve(name));
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(dir, "*.{log,log.1}")) {
      for (Path log : logs) {
        Files.copy(log, kept.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /// Waits until every edge knows of all, and HAProxy sends people to all.
  void awaitWhole() throws Exception {
    Patience.await("a whole cluster", LIMIT, Duration.ofMillis(250), this::isWhole);
  }

  private boolean isWhole() throws InterruptedException {
    try {
      for (String edge : edges()) {
        String answer = get(value(edge, "URL") + "/api/v1/session?room=probe&user=probe");
        if (JsonParser.parseString(answer).getAsJsonObject().getAsJsonArray("edges").size()
            < EDGES) {
          return false;
        }
      }
      String status = get(value("HAPROXY_STATUS_URL") + "/stats;csv");
      return status
              .lines()
              .filter(line -> line.startsWith("edges,edge-") && line.contains(",UP,"))
              .count()
          == EDGES;
    } catch (IOException e) {
      return false;
    }
  }

  private String get(String url) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(1)).build();
    var response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(url + " answers " + response.statusCode());
    }
    return response.body();
  }

  static List<String> edges() {
    return IntStream.rangeClosed(1, EDGES).mapToObj(n -> "edge-" + n).toList();
  }

  static List<String> natsServers() {
    return List.of("nats-1", "nats-2", "nats-3");
  }

  String pageUrl() {
    return value("PAGE_URL");
  }

  /// Of an edge or a NATS server.
  long pid(String part) {
    return Long.parseLong(value(part, "PID"));
  }

  private String value(String part, String field) {
    return value(part.toUpperCase(Locale.ROOT).replace('-', '_') + "_" + field);
  }

  /// What cluster.env says now.
  private String value(String key) {
    Map<String, String> values = new HashMap<>();
    try (Stream<String> lines = Files.lines(dir.resolve("cluster.env"))) {
      lines.map(line -> line.split("=", 2)).forEach(pair -> values.put(pair[0], pair[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Objects.requireNonNull(values.get(key), key);
  }

  private static String number(String edge) {
    return edge.substring(edge.indexOf('-') + 1);
  }

  private synchronized void verb(String... words) throws IOException, InterruptedException {
    if (closed) {
      throw new InterruptedException("the cluster is down");
    }
    check(script(words).start(), String.join(" ", words));
  }

  private static void check(Process process, String what) throws IOException, InterruptedException {
    // The edges do not hold this pipe, so it ends with the script.
    String said;
    try (Scanner output = new Scanner(process.getInputStream()).useDelimiter("\\A")) {
      said = output.hasNext() ? output.next() : "";
    }
    if (process.waitFor() != 0) {
      throw new IOException("deploy/local-cluster " + what + ": " + said.strip());
    }
  }

  private ProcessBuilder script(String... words) {
    var command = Stream.concat(Stream.of("deploy/local-cluster"), Stream.of(words)).toList();
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CONFAB_CLUSTER_DIR", dir.toString());
    builder.environment().put("CONFAB_CLUSTER_PORTS", "free");
    return builder;
  }
}
