package confab.bench.load;

import confab.bench.suite.CpuTime;
import confab.rig.process.EdgeProcess;
import confab.rig.process.Metrics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Reads counters now and then, so that afterwards one can ask how fast they grew meanwhile.
///
/// @param <T> what one reading tells
final class Trace<T> implements AutoCloseable {
  private static final Duration CPU_TICK = Duration.ofMillis(100);
  private static final Duration METRICS_TICK = Duration.ofSeconds(1);

  interface Source<T> {
    T read() throws IOException, InterruptedException;
  }

  private record Reading<T>(long time, T said) {}

  private final Duration tick;
  private final Source<T> source;
  private final List<Reading<T>> readings = new ArrayList<>(); // guarded by this
  private final Thread thread = Thread.ofPlatform().daemon().name("trace").unstarted(this::run);

  private Trace(Duration tick, Source<T> source) {
    this.tick = tick;
    this.source = source;
  }

  private static <T> Trace<T> start(Duration tick, Source<T> source) {
    var trace = new Trace<>(tick, source);
    trace.thread.start();
    return trace;
  }

  /// Of the CPU of some processes, in seconds; its rate is the number of busy cores.
  static Trace<Double> ofCpu(List<Long> pids) {
    return start(CPU_TICK, () -> CpuTime.of(pids));
  }

  /// Of what edges have counted.
  static Trace<List<Metrics>> ofMetrics(List<EdgeProcess> edges) {
    return start(
        METRICS_TICK,
        () -> {
          List<Metrics> said = new ArrayList<>();
          for (EdgeProcess edge : edges) {
            said.add(Metrics.of(edge));
          }
          return said;
        });
  }

  private void run() {
    try {
      while (true) {
        long time = System.nanoTime();
        T said = source.read();
        synchronized (this) {
          readings.add(new Reading<>(time, said));
        }
        Thread.sleep(tick);
      }
    } catch (IOException | InterruptedException e) {
      // What is read has ended, or this has.
    }
  }

  /// How fast a figure grew, per second; not a number when too little was read.
  ///
  /// @param from by [System#nanoTime], as `to`
  synchronized double rate(ToDoubleFunction<T> figure, long from, long to) {
    List<Reading<T>> within =
        readings.stream().filter(each -> each.time >= from && each.time <= to).toList();
    if (within.size() < 2) {
      return Double.NaN;
    }
    Reading<T> first = within.getFirst();
    Reading<T> last = within.getLast();
    double grown = figure.applyAsDouble(last.said) - figure.applyAsDouble(first.said);
    return grown / ((last.time - first.time) / 1e9);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
