package confab.rig.process;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// An edge as a process, on free ports of this machine.
///
/// @param url of its pages, API and WebSocket
public record EdgeProcess(Program program, String url) implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready: open (http://[^/\\s]+)/");

  /// Waits until it is ready.
  ///
  /// @param options may have an `--http-port=` and others of their own, for what has to be known
  /// @throws IOException when it ends instead
  public static EdgeProcess start(Site site, String name, Launch launch, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(launch.command());
    command.add("--bind=127.0.0.1");
    for (String port : List.of("--http-port=", "--https-port=", "--quic-port=")) {
      if (options.stream().noneMatch(each -> each.startsWith(port))) {
        command.add(port + 0);
      }
    }
    command.addAll(options);
    Program program = site.start(name, command);
    try {
      String url = Objects.requireNonNull(program.awaitOutput(READY).group(1));
      return new EdgeProcess(program, url);
    } catch (Throwable e) {
      program.end();
      throw e;
    }
  }

  public String name() {
    return program.name();
  }

  public long pid() {
    return program.pid();
  }

  /// Of HTTP.
  public int port() {
    return URI.create(url).getPort();
  }

  /// At once: one that knows others would see everybody off.
  @Override
  public void close() {
    program.end();
  }
}
