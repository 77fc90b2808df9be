package confab.rig.process;

import confab.rig.Patience;
import confab.rig.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `deploy/local-cluster`, whose verbs run one at a time, and whose end is everybody's end.
///
/// The parts are no children of this JVM: the script that started them has ended. It notes in
/// `cluster.env` what is where, and each has a file of the directory in its command line.
final class ClusterScript {
  private static final String SCRIPT = Project.ROOT.resolve("deploy/local-cluster").toString();

  private final Site site;
  private final Path directory;
  private final Path log;
  private final Duration limit;

  private final Object turn = new Object();
  private volatile @Nullable Process running; // written under turn
  private volatile boolean over;

  /// @param limit for each part to become ready
  ClusterScript(Site site, Duration limit) {
    this.site = site;
    this.limit = limit;
    directory = site.file("cluster");
    log = site.file("cluster-script.log");
  }

  Path directory() {
    return directory;
  }

  /// What `cluster.env` says now; nothing before there is one.
  Map<String, String> values() throws IOException {
    Map<String, String> values = new HashMap<>();
    Path file = directory.resolve("cluster.env");
    if (Files.exists(file)) {
      try (Stream<String> lines = Files.lines(file)) {
        lines.map(line -> line.split("=", 2)).forEach(pair -> values.put(pair[0], pair[1]));
      }
    }
    return values;
  }

  /// Runs a verb, which has to succeed.
  void run(String... verb) throws IOException, InterruptedException {
    synchronized (turn) {
      if (over) {
        throw new InterruptedException("the cluster is down");
      }
      Process process = start(verb);
      running = process;
      try {
        if (over) {
          process.destroy();
        }
        // The script's own patience ends first; it has more than one part to wait for.
        if (!process.waitFor(2 * limit.toMillis() + Patience.millis(), TimeUnit.MILLISECONDS)) {
          throw new IOException("deploy/local-cluster " + String.join(" ", verb) + " hangs");
        }
        if (process.exitValue() != 0) {
          throw new IOException(
              "deploy/local-cluster %s: %s"
                  .formatted(String.join(" ", verb), Files.readString(log).strip()));
        }
      } catch (Throwable e) {
        end(process);
        throw e;
      } finally {
        running = null;
      }
    }
  }

  private Process start(String... verb) throws IOException {
    List<String> command = new ArrayList<>(List.of(SCRIPT));
    command.addAll(List.of(verb));
    var builder = site.prepare(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("CONFAB_CLUSTER_DIR", directory.toString());
    builder.environment().put("CONFAB_CLUSTER_PORTS", "free");
    builder.environment().put("CONFAB_CLUSTER_PATIENCE", String.valueOf(limit.toSeconds()));
    return builder.start();
  }

  /// Takes everything down, also when another thread is in the middle of a verb.
  void end() {
    over = true;
    Process interrupted = running;
    if (interrupted != null) {
      interrupted.destroy();
    }
    synchronized (turn) {
      try {
        await(start("down"));
      } catch (IOException e) {
        System.err.println("taking down the cluster in " + directory + ": " + e);
      }
      parts().forEach(ProcessHandle::destroyForcibly);
    }
  }

  /// SIGTERM, by which the script takes down what it has started so far.
  private static void end(Process process) {
    process.destroy();
    await(process);
  }

  private static void await(Process process) {
    try {
      if (process.waitFor(Patience.millis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Stream.concat(process.descendants(), Stream.of(process.toHandle()))
        .toList()
        .forEach(ProcessHandle::destroyForcibly);
  }

  /// Whatever was started for this directory, also what the script has not noted yet.
  private Stream<ProcessHandle> parts() {
    return ProcessHandle.allProcesses()
        .filter(each -> each.info().commandLine().orElse("").contains(directory + "/"));
  }
}
