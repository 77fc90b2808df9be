package confab.rig.process;

import com.google.gson.JsonParser;
import confab.rig.Patience;
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
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

/// Three edges, three NATS servers and HAProxy, by way of `deploy/local-cluster`. A part is meant
/// by its name, such as `edge-1` or `nats-2`.
public final class Cluster implements Site.Part {
  public static final int EDGES = 3;
  private static final int NATS_SERVERS = 3;
  private static final Duration ONE_LOOK = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(250);

  private final ClusterScript script;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ONE_LOOK).build();
  private volatile boolean over;

  private Cluster(ClusterScript script) {
    this.script = script;
  }

  /// Returns when all parts are ready, and leaves none of them otherwise.
  public static Cluster up(Site site) throws IOException, InterruptedException {
    return up(site, Patience.LIMIT);
  }

  /// @param limit for each part to become ready
  public static Cluster up(Site site, Duration limit) throws IOException, InterruptedException {
    var cluster = new Cluster(new ClusterScript(site, limit));
    site.add(cluster);
    try {
      cluster.script.run("up", "--edges", String.valueOf(EDGES));
      return cluster;
    } catch (Throwable e) {
      cluster.end();
      throw e;
    }
  }

  /// At once: the script would take some 100 ms to get to it.
  public void kill(String part) throws IOException, InterruptedException {
    Life.signal("KILL", pid(part));
  }

  /// At once, as [#kill].
  public void freeze(String part) throws IOException, InterruptedException {
    Life.freeze(pid(part));
  }

  public void thaw(String part) throws IOException, InterruptedException {
    Life.signal("CONT", pid(part));
  }

  /// Returns when the edge has ended.
  public void drain(String edge) throws IOException, InterruptedException {
    script.run("drain-edge", number(edge));
  }

  /// Starts a part that has ended or is about to, and returns when it is ready.
  public void start(String part) throws IOException, InterruptedException {
    long before = pid(part);
    Patience.awaitOnly("the end of " + part).until(() -> Life.of(before) == Life.ENDED);
    script.run("start-" + part.substring(0, part.indexOf('-')), number(part));
  }

  /// Starts the edges that have ended and thaws those that are frozen.
  public void mend() throws IOException, InterruptedException {
    for (String edge : edges()) {
      switch (Life.of(pid(edge))) {
        case FROZEN -> thaw(edge);
        case ENDED -> start(edge);
        case RUNS -> {}
      }
    }
  }

  /// Puts the logs aside before the next start of an edge takes their place.
  public void keepLogs(String name) throws IOException {
    Path kept = Files.createDirectories(script.directory().resolve(name));
    try (DirectoryStream<Path> logs =
        Files.newDirectoryStream(script.directory(), "*.{log,log.1}")) {
      for (Path log : logs) {
        Files.copy(log, kept.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /// Waits until every edge knows of all, and HAProxy sends people to all.
  public void awaitWhole() {
    Patience.awaitOnly("a whole cluster").pollInterval(LOOK).until(this::isWhole);
  }

  private boolean isWhole() throws InterruptedException {
    try {
      for (String edge : edges()) {
        String answer = get(url(edge) + "/api/v1/session?room=probe&user=probe");
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

  /// What an edge says of itself to the load balancer; empty when it says nothing.
  public String readiness(String edge) throws InterruptedException {
    try {
      return send(url(edge) + "/readyz").body().strip();
    } catch (IOException e) {
      return "";
    }
  }

  private String get(String url) throws IOException, InterruptedException {
    HttpResponse<String> response = send(url);
    if (response.statusCode() != 200) {
      throw new IOException(url + " answers " + response.statusCode());
    }
    return response.body();
  }

  private HttpResponse<String> send(String url) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(ONE_LOOK).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  public static List<String> edges() {
    return IntStream.rangeClosed(1, EDGES).mapToObj(n -> "edge-" + n).toList();
  }

  public static List<String> natsServers() {
    return IntStream.rangeClosed(1, NATS_SERVERS).mapToObj(n -> "nats-" + n).toList();
  }

  /// The one address of pages, API and WebSocket.
  public String pageUrl() {
    return value("PAGE_URL");
  }

  public String url(String edge) {
    return value(key(edge, "URL"));
  }

  public long pid(String part) {
    return Long.parseLong(value(key(part, "PID")));
  }

  private String value(String key) {
    try {
      return Objects.requireNonNull(script.values().get(key), key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String key(String part, String field) {
    return part.toUpperCase(Locale.ROOT).replace('-', '_') + "_" + field;
  }

  private static String number(String part) {
    return part.substring(part.indexOf('-') + 1);
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public void end() {
    over = true;
    script.end();
    http.close();
  }
}
