package confab.frames;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Gathering the frames of a round and making one bundle of it: that of all who only listen, or a
/// speaker's own.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BundleBenchmark {
  private static final int LISTENER = 1_000;

  @Param({"1", "3", "10"})
  public int speakers;

  private final Round round = new Round();
  private Speaker[] all = {};
  private byte[][] frames = {};
  private long now;
  private long rounds;

  @Setup
  public void speak() {
    all = new Speaker[speakers];
    frames = new byte[speakers][];
    for (int i = 0; i < speakers; i++) {
      all[i] = new Speaker(i + 1);
      frames[i] = Voices.frame(i + 1, 20);
    }
  }

  @Benchmark
  public @Nullable Object shared() {
    return bundleFor(LISTENER);
  }

  /// Null for who speaks alone.
  @Benchmark
  public @Nullable Object own() {
    return bundleFor(1);
  }

  private @Nullable Bundle bundleFor(int participant) {
    now += Voices.FRAME_NANOS;
    for (int i = 0; i < all.length; i++) {
      round.add(all[i], frames[i], 0, frames[i].length, now);
    }
    Bundle bundle = round.bundleFor(participant, Integer.MAX_VALUE, now);
    round.begin(++rounds);
    return bundle;
  }
}
