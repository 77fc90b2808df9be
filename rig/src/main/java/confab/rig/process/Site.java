package confab.rig.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The programs that one test or one suite starts, and their logs. All end with it: when it is
/// closed, when the start of one of them fails, and when the JVM is ended.
///
/// May be closed by another thread than those that start programs here.
public final class Site implements AutoCloseable {
  private final Path directory;
  private final Map<String, String> settings;
  private final Thread hook = new Thread(this::endAll, "ending");
  private final List<Part> parts = new ArrayList<>(); // this and below guarded by this
  private boolean closed;

  /// What ends with the site.
  interface Part {
    boolean isOver();

    /// Returns when it has ended. Kills: whatever is tested or measured is over.
    void end();
  }

  private Site(Path directory, Map<String, String> settings) {
    this.directory = directory;
    this.settings = Map.copyOf(settings);
  }

  /// @param directory for logs and other files, which stay
  /// @param settings are variables of the environment of all programs
  public static Site in(Path directory, Map<String, String> settings) {
    var site = new Site(directory, settings);
    Runtime.getRuntime().addShutdownHook(site.hook);
    return site;
  }

  /// In a temporary directory.
  public static Site open(String name, Map<String, String> settings) throws IOException {
    return in(Files.createTempDirectory("confab-" + name + "-"), settings);
  }

  /// Starts a program whose output goes to two files: its name with `.out` and with `.err`. They
  /// are files rather than pipes, since a pipe that nobody reads stops who writes to it when it is
  /// full.
  public synchronized Program start(String name, List<String> command)
      throws IOException, InterruptedException {
    if (closed) {
      throw new InterruptedException("the site is closed");
    }
    var builder = prepare(command);
    Path output = file(name + ".out");
    Path errors = file(name + ".err");
    builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
    var program = new Program(name, builder.start(), output, errors);
    add(program);
    return program;
  }

  /// To be ended with the site from now on.
  synchronized void add(Part part) throws InterruptedException {
    if (closed) {
      throw new InterruptedException("the site is closed");
    }
    parts.removeIf(Part::isOver);
    parts.add(part);
  }

  /// What is to be started, in the environment of this site.
  ProcessBuilder prepare(List<String> command) {
    List<String> resolved = new ArrayList<>(command);
    resolved.set(0, find(command.getFirst()));
    var builder = new ProcessBuilder(resolved);
    // Options of an edge in the environment would count for all edges.
    builder
        .environment()
        .keySet()
        .removeIf(each -> each.startsWith("CONFAB_") && !each.startsWith("CONFAB_JAVA_"));
    builder.environment().putAll(settings);
    return builder;
  }

  /// Debian keeps servers where not everybody looks.
  private static String find(String program) {
    return Stream.of((System.getenv("PATH") + ":/usr/sbin").split(":"))
        .filter(_ -> !program.contains("/"))
        .map(each -> Path.of(each, program))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse(program);
  }

  public Path file(String name) {
    return directory.resolve(name);
  }

  public Path directory() {
    return directory;
  }

  /// Ends everything, and nothing is left of it.
  public void forgetLogs() {
    close();
    try {
      delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (DirectoryStream<Path> inside = Files.newDirectoryStream(path)) {
        for (Path each : inside) {
          delete(each);
        }
      }
    }
    Files.deleteIfExists(path);
  }

  /// The youngest first, since it may need the others to end.
  private void endAll() {
    List<Part> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(parts.reversed());
      parts.clear();
    }
    all.forEach(Part::end);
  }

  @Override
  public void close() {
    endAll();
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is being ended, which is what brought us here.
    }
  }
}
