package confab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.NullMarked;

/// What `bench/failover` starts: a cluster, the measurements one after another, a table for each
/// on standard output. In reading order: [Options], [Cluster], [Outages], [RosterTime], [Latency],
/// [CpuPerFrame].
///
/// Exit codes: 0 when every run went well, 1 otherwise, 2 for wrong usage.
@NullMarked
final class Main {
  private Main() {}

  static void main(String[] args) throws Exception {
    Options options;
    try {
      options = Options.parse(List.of(args));
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage() + "; bench/failover --help tells more");
      System.exit(2);
      return;
    }
    System.exit(run(options) ? 0 : 1);
  }

  /// Whether all went well.
  private static boolean run(Options options) throws IOException, InterruptedException {
    Path dir = Files.createTempDirectory("confab-bench-");
    var cluster = Cluster.in(dir);
    // The one way down: an interrupt comes here, too. Logs stay when something went wrong.
    var allWell = new AtomicBoolean();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> cluster.down(allWell.get()), "down"));
    int failures = 0;
    try {
      System.err.println("bench: starting a cluster in " + dir);
      cluster.up();
      System.out.println(Machine.describe() + ". Load average before: " + Machine.load() + ".\n");
      for (Measurement each : options.measurements(cluster)) {
        cluster.awaitWhole();
        System.out.println(each.measure().render());
        failures += each.failures();
      }
      System.out.println("Load average after: " + Machine.load() + ".");
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      System.err.println("bench: " + e);
      failures++;
    }
    if (failures > 0) {
      System.err.println("bench: " + failures + " failed; logs are in " + dir);
    }
    allWell.set(failures == 0);
    return failures == 0;
  }
}
