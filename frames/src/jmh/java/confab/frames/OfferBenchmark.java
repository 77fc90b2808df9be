package confab.frames;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// A round of frames on its whole way through the room: each speaker's frame chosen and gathered,
/// then the bundle offered to 150 listeners, whose outboxes are emptied at once.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OfferBenchmark {
  private static final int LISTENERS = 150;
  private static final int FIRST_LISTENER = 1_000;

  @Param({"1", "3", "10"})
  public int speakers;

  private final MediaCounters counters = new MediaCounters();
  private final FramePath path =
      new FramePath(
          new Forwarding(0, 1, Forwarding.defaults().roundWindow()),
          counters,
          new RoundFlusher(System::nanoTime));
  private Speaker[] all = {};
  private byte[][] frames = {};
  private long now;

  /// Sends at once.
  private final class Listener implements MediaLink {
    private final Outbox outbox = new Outbox(counters);

    @Override
    public void sendMedia(Bundle bundle, long now) {
      outbox.put(bundle, now);
      Bundle _ = outbox.take(Integer.MAX_VALUE, now);
    }

    @Override
    public long framesDropped() {
      return outbox.framesDropped();
    }
  }

  @Setup
  public void join() {
    all = new Speaker[speakers];
    frames = new byte[speakers][];
    for (int i = 0; i < speakers; i++) {
      all[i] = new Speaker(i + 1);
      frames[i] = Voices.frame(i + 1, 20);
    }
    path.setParticipants(speakers + LISTENERS, 0);
    IntStream.range(0, LISTENERS)
        .forEach(i -> path.subscribe(new Subscriber(FIRST_LISTENER + i, new Listener())));
  }

  @Benchmark
  public long round() {
    long at = now;
    for (int i = 0; i < all.length; i++) {
      int _ = path.forward(all[i], frames[i], frames[i].length, at);
      at += Voices.GAP_NANOS;
    }
    now += Voices.FRAME_NANOS;
    return at;
  }
}
