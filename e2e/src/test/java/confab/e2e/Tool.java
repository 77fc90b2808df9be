package confab.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `./confab` as a process, the way a person starts it.
final class Tool implements AutoCloseable {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private final Process process;

  private Tool(Process process) {
    this.process = process;
  }

  static Tool start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("confab").toString()));
    command.addAll(List.of(arguments));
    return new Tool(new ProcessBuilder(command).start());
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

  /// All of standard output, once the process has ended.
  String output() throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  String errors() throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
