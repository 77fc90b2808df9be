package confab.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Asks edges every second what they have counted, so that afterwards one can ask for any time.
@NullMarked
final class MetricsTrace implements AutoCloseable {
  private static final Duration TICK = Duration.ofSeconds(1);

  private record Reading(long time, List<Metrics> edges) {
    double sum(String name) {
      // An edge without the bus says nothing of it.
      return edges.stream()
          .mapToDouble(each -> each.value(name))
          .filter(value -> !Double.isNaN(value))
          .sum();
    }
  }

  private final List<EdgeProcess> edges;
  private final List<Reading> readings = new ArrayList<>(); // guarded by this
  private final Thread thread =
      Thread.ofPlatform().daemon().name("metrics-trace").unstarted(this::run);

  private MetricsTrace(List<EdgeProcess> edges) {
    this.edges = edges;
  }

  static MetricsTrace of(List<EdgeProcess> edges) {
    var trace = new MetricsTrace(edges);
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

  private void note() throws IOException, InterruptedException {
    List<Metrics> said = new ArrayList<>();
    long time = System.nanoTime();
    for (EdgeProcess edge : edges) {
      said.add(Metrics.of(edge));
    }
    synchronized (this) {
      readings.add(new Reading(time, said));
    }
  }

  /// How fast a counter grew, over all edges, per second.
  ///
  /// @param name see [Metrics#value]
  /// @param from by [System#nanoTime], as `to`
  synchronized double rate(String name, long from, long to) {
    List<Reading> within =
        readings.stream().filter(each -> each.time >= from && each.time <= to).toList();
    if (within.size() < 2) {
      return Double.NaN;
    }
    Reading first = within.getFirst();
    Reading last = within.getLast();
    return (last.sum(name) - first.sum(name)) / ((last.time - first.time) / 1e9);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
