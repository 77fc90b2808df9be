package confab.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Notes ten times a second how much CPU some processes have used, so that afterwards one can ask
/// for any time of it.
@NullMarked
final class CpuTrace implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(100);

  private record Reading(long time, double seconds) {}

  private final List<Long> pids;
  private final List<Reading> readings = new ArrayList<>(); // guarded by this
  private final Thread thread = Thread.ofPlatform().daemon().name("cpu-trace").unstarted(this::run);

  private CpuTrace(List<Long> pids) {
    this.pids = pids;
  }

  static CpuTrace of(List<Long> pids) {
    var trace = new CpuTrace(pids);
    trace.thread.start();
    return trace;
  }

  private void run() {
    try {
      while (true) {
        note();
        Thread.sleep(TICK);
      }
    } catch (IOException | InterruptedException e) {
      // One of them has ended, or this has.
    }
  }

  private synchronized void note() throws IOException {
    double sum = 0;
    for (long pid : pids) {
      sum += CpuTime.of(pid);
    }
    readings.add(new Reading(System.nanoTime(), sum));
  }

  /// How many cores were busy with it, on average.
  ///
  /// @param from by [System#nanoTime], as `to`
  synchronized double cores(long from, long to) {
    List<Reading> within =
        readings.stream().filter(each -> each.time >= from && each.time <= to).toList();
    if (within.size() < 2) {
      return Double.NaN;
    }
    Reading first = within.getFirst();
    Reading last = within.getLast();
    return (last.seconds - first.seconds) / ((last.time - first.time) / 1e9);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
