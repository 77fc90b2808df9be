package confab.e2e;

import static org.awaitility.Awaitility.await;

import confab.edge.EdgeConfig;
import confab.webtransport.QuicEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/// `./confab` as a process, the way a person starts it.
final class Tool implements AutoCloseable {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /// The engine of the edges in these tests: `./test -Dconfab.quic=kwik`.
  static final String QUIC = System.getProperty("confab.quic", "netty");

  static {
    // Kwik's threads may throw when a connection ends twice; what matters is what is awaited.
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }

  private static final Pattern OPEN =
      Pattern.compile("http://(?:localhost|127\\.0\\.0\\.1):(\\d+)/");

  private final Process process;
  private final Path output;
  private final Path errors;

  private Tool(Process process, Path output, Path errors) {
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  static Tool start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("confab").toString()));
    command.addAll(List.of(arguments));
    // Files rather than pipes: a pipe that nobody reads stops the process when it is full.
    Path output = Files.createTempFile("confab-", ".out");
    Path errors = Files.createTempFile("confab-", ".err");
    var builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().put("CONFAB_QUIC", QUIC);
    return new Tool(builder.start(), output, errors);
  }

  /// For an edge inside the test.
  static EdgeConfig edgeConfig() {
    return EdgeConfig.onLoopback().withQuic(QuicEngine.valueOf(QUIC.toUpperCase(Locale.ROOT)));
  }

  /// An edge on free ports of this machine alone.
  static Tool serve() throws IOException {
    return start(
        "serve",
        "--bind",
        "127.0.0.1",
        "--http-port",
        "0",
        "--https-port",
        "0",
        "--quic-port",
        "0");
  }

  /// The HTTP port that a served edge prints.
  int awaitPort() {
    return await().atMost(Duration.ofSeconds(30)).until(this::openedPort, port -> port > 0);
  }

  private int openedPort() throws IOException {
    Matcher address = OPEN.matcher(output());
    return address.find() ? Integer.parseInt(address.group(1)) : 0;
  }

  Process process() {
    return process;
  }

  int waitFor(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running after " + limit.toSeconds() + " s");
    }
    return process.exitValue();
  }

  /// Ctrl-C; the exit code that follows.
  int interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    return waitFor(Duration.ofSeconds(10));
  }

  /// Standard output so far.
  String output() throws IOException {
    return Files.readString(output);
  }

  /// Standard error so far.
  String errors() throws IOException {
    return Files.readString(errors);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
