package confab.frames;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Checking, limiting and stamping a frame. The publisher is muted, so that it goes no further.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StampBenchmark {
  private static final Rate PLENTY = new Rate(1e9, 1_000_000_000);

  private final FramePath path =
      new FramePath(Forwarding.defaults(), new MediaCounters(), new RoundFlusher(System::nanoTime));
  private final ByteBuffer datagram = ByteBuffer.wrap(Voices.frame(1, 20));
  private final Publisher publisher =
      new Publisher(path, 1, 1, new MediaLimits(PLENTY, PLENTY), new MediaCounters(), 0);
  private long now;

  public StampBenchmark() {
    publisher.setMuted(true);
  }

  @Benchmark
  public void frame() {
    now += Voices.FRAME_NANOS;
    datagram.rewind();
    publisher.publish(datagram, now);
  }
}
