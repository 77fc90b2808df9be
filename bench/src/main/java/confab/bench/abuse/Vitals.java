package confab.bench.abuse;

import confab.bench.suite.CpuTime;
import confab.bench.suite.Footprint;
import java.io.IOException;
import java.time.Duration;

/// Watches an edge's process from its start until it is stopped.
final class Vitals {
  private static final Duration LOOK = Duration.ofMillis(200);

  private final long pid;
  private final long began = System.nanoTime();
  private final double cpuBefore;
  private final Thread thread = Thread.ofPlatform().daemon().name("vitals").unstarted(this::run);
  private volatile boolean over;

  // Owned by the thread, and then by who has seen it end.
  private double residentBytes;
  private long descriptors;

  /// @param residentBytes the most there were
  /// @param descriptors the most there were
  /// @param cores on average
  record Seen(double residentBytes, long descriptors, double cores) {}

  private Vitals(long pid) throws IOException {
    this.pid = pid;
    cpuBefore = CpuTime.of(pid);
  }

  static Vitals watch(long pid) throws IOException {
    var vitals = new Vitals(pid);
    vitals.thread.start();
    return vitals;
  }

  private void run() {
    try {
      do {
        residentBytes = Math.max(residentBytes, Footprint.residentBytes(pid));
        descriptors = Math.max(descriptors, Footprint.descriptors(pid));
        Thread.sleep(LOOK);
      } while (!over);
    } catch (IOException e) {
      // The edge has ended, which whoever stops this is told.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// @throws IOException when the process has ended
  Seen stop() throws IOException, InterruptedException {
    over = true;
    double cores = (CpuTime.of(pid) - cpuBefore) / ((System.nanoTime() - began) / 1e9);
    thread.join();
    return new Seen(residentBytes, descriptors, cores);
  }

  /// For so long.
  static Seen during(long pid, Duration time) throws IOException, InterruptedException {
    Vitals vitals = watch(pid);
    Thread.sleep(time);
    return vitals.stop();
  }
}
