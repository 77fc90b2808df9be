package confab.bench.listener;

import confab.participant.Session.Ending;
import confab.participant.SessionListener;
import confab.rig.Patience;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Notes when a participant found that something is wrong with its edge, and when it was on another
/// one.
public class Moves implements SessionListener {
  private static final Duration LOOK = Duration.ofMillis(5);

  private long marked; // this and what follows is guarded by this
  private long noticedAt;
  private long movedAt;
  private boolean resumed;
  private @Nullable Ending ending;

  /// What counts is what comes from here on.
  public final synchronized void mark() {
    marked = System.nanoTime();
    noticedAt = 0;
    movedAt = 0;
  }

  @Override
  public final synchronized void notice(String line) {
    noticedAt = noticedAt == 0 ? System.nanoTime() : noticedAt;
  }

  @Override
  public final synchronized void moved(String edge, boolean asItself) {
    movedAt = movedAt == 0 ? System.nanoTime() : movedAt;
    resumed = asItself;
  }

  @Override
  public final synchronized void ended(Ending how) {
    ending = how;
  }

  /// Waits until it is on another edge.
  ///
  /// @return when, as [System#nanoTime]
  public final long awaitMove() throws Exception {
    Patience.awaitOnly("the move").pollInterval(LOOK).until(this::hasMoved);
    synchronized (this) {
      return movedAt;
    }
  }

  private synchronized boolean hasMoved() throws IOException {
    if (ending != null) {
      throw new IOException("the participant has ended: " + ending);
    }
    return movedAt != 0;
  }

  /// From the mark to the first notice.
  public final synchronized double noticedMillis() {
    return noticedAt == 0 ? Double.NaN : (noticedAt - marked) / 1e6;
  }

  /// From the mark to the other edge.
  public final synchronized double movedMillis() {
    return movedAt == 0 ? Double.NaN : (movedAt - marked) / 1e6;
  }

  /// Whether it came there as the same participant.
  public final synchronized boolean hasResumed() {
    return resumed;
  }
}
