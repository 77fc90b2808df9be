package confab.bus;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A real nats-server on a free port of this machine, always the same one however often it is
/// stopped and started. It touches no process that it has not started.
final class NatsServer implements AutoCloseable {
  private final int port = freePort();
  private final Path folder;
  private String config;
  private @Nullable Process process;

  /// @param config more lines for the configuration file
  NatsServer(String config) throws IOException {
    this.config = config;
    folder = Files.createTempDirectory("nats-server");
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
  }

  static NatsServer started() throws IOException {
    return started("");
  }

  static NatsServer started(String config) throws IOException {
    var server = new NatsServer(config);
    server.start();
    return server;
  }

  URI uri() {
    return uri("nats", "127.0.0.1");
  }

  URI uri(String scheme, String host) {
    return URI.create(scheme + "://" + host + ":" + port);
  }

  void start(String otherConfig) throws IOException {
    config = otherConfig;
    start();
  }

  /// Returns when it takes connections.
  void start() throws IOException {
    Path file = Files.writeString(configFile(), config + "\n");
    process =
        new ProcessBuilder(
                binary(), "-a", "127.0.0.1", "-p", String.valueOf(port), "-c", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(this::answers);
  }

  /// What it has written since its last start.
  Path log() {
    return folder.resolve("log");
  }

  void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      running.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  /// It stands still: its connections stay, and the kernel goes on taking what comes for it.
  void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  @Override
  public void close() {
    kill();
    for (Path each : List.of(configFile(), log(), folder)) {
      try {
        Files.deleteIfExists(each);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Path configFile() {
    return folder.resolve("nats.conf");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    Process running = process;
    if (running == null
        || new ProcessBuilder("kill", signal, String.valueOf(running.pid())).start().waitFor()
            != 0) {
      throw new IOException("no nats-server to send " + signal);
    }
  }

  private boolean answers() throws IOException {
    Process starting = process;
    if (starting != null && !starting.isAlive()) {
      throw new IOException("nats-server ended: " + Files.readString(log()));
    }
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      socket.setSoTimeout(1000);
      byte[] hello = socket.getInputStream().readNBytes(4);
      return new String(hello, StandardCharsets.US_ASCII).equals("INFO");
    } catch (IOException e) {
      return false;
    }
  }

  private static String binary() throws IOException {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
        .map(directory -> Path.of(directory, "nats-server"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IOException("nats-server is missing: run ./test, or install it"))
        .toString();
  }

  /// Below the ports that the kernel gives to those that connect, so that none of them has taken
  /// it when the server comes back.
  private static int freePort() {
    for (int attempt : ThreadLocalRandom.current().ints(100, 20_000, 32_000).toArray()) {
      try (var socket = new ServerSocket(attempt, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken: the next one.
      }
    }
    throw new IllegalStateException("no free port");
  }
}
