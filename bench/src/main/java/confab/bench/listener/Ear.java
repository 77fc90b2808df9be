package confab.bench.listener;

import confab.protocol.Frame;
import confab.rig.Patience;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Listens to one [Speaker] and notes every frame. As long as a measurement lasts: 50 notes a
/// second.
public final class Ear extends Moves {
  private final List<Heard> heard = new ArrayList<>(); // guarded by this

  @Override
  public void frame(Frame frame) {
    long arrived = System.nanoTime();
    long captured = ByteBuffer.wrap(frame.payload()).getLong();
    synchronized (this) {
      heard.add(new Heard(frame.sequence(), frame.timestamp(), captured, arrived));
    }
  }

  public synchronized List<Heard> heard() {
    return List.copyOf(heard);
  }

  public synchronized int count() {
    return heard.size();
  }

  public synchronized void forget() {
    heard.clear();
  }

  /// Waits for so many frames that were captured after `time`.
  public void awaitFrames(int wanted, long time) {
    Patience.awaitOnly("frames at the listener")
        .until(() -> heard().stream().filter(each -> each.captured() - time > 0).count() >= wanted);
  }
}
