package confab.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// The processes that one suite starts, and their logs. All end with it, also when the bench itself
/// is ended.
@NullMarked
final class Site implements AutoCloseable {
  private final Path dir;
  private final Thread hook = new Thread(this::endAll, "ending");
  private final List<Process> processes = new ArrayList<>(); // this and below guarded by this
  private @Nullable Cluster cluster;
  private boolean closed;

  private Site(Path dir) {
    this.dir = dir;
  }

  static Site open(String name) throws IOException {
    var site = new Site(Files.createTempDirectory("confab-bench-" + name + "-"));
    Runtime.getRuntime().addShutdownHook(site.hook);
    System.err.println("bench: " + name + "; logs are in " + site.dir);
    return site;
  }

  /// Starts a process whose output goes to two files: its name with `.out` and with `.err`.
  synchronized Process start(String name, List<String> command)
      throws IOException, InterruptedException {
    if (closed) {
      throw new InterruptedException("the bench ends");
    }
    var builder = new ProcessBuilder(command);
    builder.redirectOutput(dir.resolve(name + ".out").toFile());
    builder.redirectError(dir.resolve(name + ".err").toFile());
    // Options of the edge in the environment would count for all edges.
    builder.environment().keySet().removeIf(each -> each.startsWith("CONFAB_"));
    // Debian keeps servers where not everybody looks.
    builder.environment().merge("PATH", "/usr/sbin", (path, more) -> path + ":" + more);
    Process process = builder.start();
    processes.removeIf(each -> !each.isAlive());
    processes.add(process);
    return process;
  }

  /// What a process has printed on standard output.
  String output(String name) throws IOException {
    return Files.readString(dir.resolve(name + ".out"));
  }

  /// The last thing that a process has complained of.
  String complaint(String name) throws IOException {
    try (Stream<String> lines = Files.lines(dir.resolve(name + ".err"))) {
      return lines.filter(line -> !line.isBlank()).reduce("", (_, line) -> line);
    }
  }

  Path file(String name) {
    return dir.resolve(name);
  }

  /// Three edges with NATS and HAProxy, brought up when first asked for.
  Cluster cluster() throws IOException, InterruptedException {
    Cluster known;
    synchronized (this) {
      if (closed) {
        throw new InterruptedException("the bench ends");
      }
      known = cluster;
      if (known != null) {
        return known;
      }
      known = Cluster.in(Files.createDirectories(dir.resolve("cluster")));
      cluster = known;
    }
    System.err.println("bench: starting a cluster");
    known.up();
    return known;
  }

  void forgetLogs() throws IOException {
    endAll();
    delete(dir);
  }

  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (DirectoryStream<Path> inside = Files.newDirectoryStream(path)) {
        for (Path each : inside) {
          delete(each);
        }
      }
    }
    Files.delete(path);
  }

  /// Kills: what is measured is over, and an edge that drained would wait for the others.
  private void endAll() {
    Cluster up;
    synchronized (this) {
      closed = true;
      processes.forEach(Process::destroyForcibly);
      up = cluster;
      cluster = null;
    }
    if (up != null) {
      up.down();
    }
  }

  @Override
  public void close() {
    endAll();
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The bench is being ended, which is what brought us here.
    }
  }
}
