package confab.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/// One edge as `./confab serve` starts it, on free ports of this machine, with limits that are in
/// nobody's way.
///
/// @param url of its pages, API and WebSocket
@NullMarked
record EdgeProcess(String name, Process process, String url) implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern READY = Pattern.compile("ready: open (http://[^/\\s]+)/");

  /// As in the launcher.
  private static final String JVM = "@" + Path.of("edge", "jvm.options");

  private static final List<String> WIDE_LIMITS =
      List.of(
          "--max-sessions=5000",
          "--max-participants=5000",
          "--connects-per-second=10000",
          "--rooms-per-minute=60000");

  /// Waits until it is ready.
  static EdgeProcess start(Site site, String name, List<String> options) throws Exception {
    List<String> command = new ArrayList<>(List.of(java()));
    command.add(JVM);
    command.addAll(List.of("-jar", Path.of("edge", "target", "confab-edge.jar").toString()));
    command.addAll(List.of("--bind=127.0.0.1", "--http-port=0", "--https-port=0", "--quic-port=0"));
    command.addAll(List.of("--edge-name=" + name, "--log-level=warn"));
    command.addAll(WIDE_LIMITS);
    command.addAll(options);
    Process process = site.start(name, command);
    Patience.await(
        name, LIMIT, Duration.ofMillis(50), () -> !process.isAlive() || !url(site, name).isEmpty());
    if (!process.isAlive()) {
      throw new IOException(name + " has ended: " + site.complaint(name));
    }
    return new EdgeProcess(name, process, url(site, name));
  }

  private static String url(Site site, String name) throws IOException {
    Matcher ready = READY.matcher(site.output(name));
    return ready.find() ? Objects.requireNonNull(ready.group(1)) : "";
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  long pid() {
    return process.pid();
  }

  /// At once: one that knows others would see everybody off.
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
