package confab.rig.process;

import confab.rig.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A real nats-server on a free port of this machine, always the same one however often it is
/// stopped and started.
public final class NatsServer implements AutoCloseable {
  private static final int ONE_LOOK_MILLIS = 1_000;

  private final int port = FreePort.find();
  private final Site site;
  private final String name;
  private final boolean alone;
  private String config;
  private @Nullable Program program;

  private NatsServer(Site site, String name, boolean alone, String config) {
    this.site = site;
    this.name = name;
    this.alone = alone;
    this.config = config;
  }

  /// On a site with others; it ends with the site.
  public static NatsServer start(Site site, String name) throws IOException, InterruptedException {
    var server = new NatsServer(site, name, false, "");
    server.start();
    return server;
  }

  /// On a site of its own, not started yet.
  ///
  /// @param config more lines for the configuration file
  public static NatsServer alone(String config) throws IOException {
    return new NatsServer(Site.open("nats", Map.of()), "nats", true, config);
  }

  /// On a site of its own.
  public static NatsServer started(String config) throws IOException, InterruptedException {
    var server = alone(config);
    server.start();
    return server;
  }

  public static NatsServer started() throws IOException, InterruptedException {
    return started("");
  }

  public URI uri() {
    return uri("nats", "127.0.0.1");
  }

  public URI uri(String scheme, String host) {
    return URI.create(scheme + "://" + host + ":" + port);
  }

  public long pid() {
    return running().pid();
  }

  public void start(String otherConfig) throws IOException, InterruptedException {
    config = otherConfig;
    start();
  }

  /// Returns when it takes connections.
  public void start() throws IOException, InterruptedException {
    Path file = Files.writeString(site.file(name + ".conf"), config + "\n");
    Program starting =
        site.start(
            name,
            List.of("nats-server", "-a", "127.0.0.1", "-p", String.valueOf(port), "-c", "" + file));
    program = starting;
    try {
      Patience.awaitOnly(name).until(() -> !starting.isAlive() || answers());
      if (!starting.isAlive()) {
        throw new IOException(name + " has ended: " + starting.errors());
      }
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /// What it has written since its last start.
  public Path log() {
    return site.file(name + ".err");
  }

  public void kill() {
    if (program != null) {
      program.end();
    }
  }

  /// It stands still: its connections stay, and the kernel goes on taking what comes for it.
  public void freeze() throws IOException, InterruptedException {
    running().freeze();
  }

  public void thaw() throws IOException, InterruptedException {
    running().signal("CONT");
  }

  /// It tells its clients that it will end, and ends after the times in its configuration.
  public void leave() throws IOException, InterruptedException {
    running().signal("USR2");
  }

  public boolean isAlive() {
    return running().isAlive();
  }

  private Program running() {
    if (program == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return program;
  }

  private boolean answers() {
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ONE_LOOK_MILLIS);
      socket.setSoTimeout(ONE_LOOK_MILLIS);
      byte[] hello = socket.getInputStream().readNBytes(4);
      return new String(hello, StandardCharsets.US_ASCII).equals("INFO");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    kill();
    if (alone) {
      site.forgetLogs();
    }
  }
}
