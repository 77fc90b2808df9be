package confab.bench;

import confab.protocol.Frame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Listens to one [Speaker] and notes every frame. As long as a measurement lasts: 50 notes a
/// second.
@NullMarked
final class Ear extends Moves {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final List<Heard> heard = new ArrayList<>(); // guarded by this

  @Override
  public void frame(Frame frame) {
    long arrived = System.nanoTime();
    long captured = ByteBuffer.wrap(frame.payload()).getLong();
    synchronized (this) {
      heard.add(new Heard(frame.sequence(), frame.timestamp(), captured, arrived));
    }
  }

  synchronized List<Heard> heard() {
    return List.copyOf(heard);
  }

  synchronized int count() {
    return heard.size();
  }

  synchronized void forget() {
    heard.clear();
  }

  /// Waits for so many frames that were captured after `time`.
  void awaitFrames(int wanted, long time) throws Exception {
    Patience.await(
        "frames at the listener",
        LIMIT,
        Duration.ofMillis(20),
        () -> heard().stream().filter(each -> each.captured() - time > 0).count() >= wanted);
  }
}
