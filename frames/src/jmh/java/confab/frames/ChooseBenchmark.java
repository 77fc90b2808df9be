package confab.frames;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Deciding whether a frame is one of the loudest five, while twenty speak at once.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChooseBenchmark {
  private static final int SPEAKERS = 20;
  private static final int PLACES = 5;

  private final LoudestSpeakers loudest = new LoudestSpeakers(PLACES);
  private final Speaker[] speakers = new Speaker[SPEAKERS];
  private final byte[][] frames = new byte[SPEAKERS][];
  private int next;
  private long now;

  public ChooseBenchmark() {
    for (int i = 0; i < SPEAKERS; i++) {
      speakers[i] = new Speaker(i + 1);
      frames[i] = Voices.frame(i + 1, 20 + i);
    }
  }

  @Benchmark
  public boolean frame() {
    now += Voices.FRAME_NANOS / SPEAKERS;
    next = (next + 1) % SPEAKERS;
    speakers[next].hear(frames[next], 0, now);
    return loudest.admits(speakers[next], now);
  }
}
