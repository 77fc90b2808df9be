package confab.bench;

import confab.participant.Session.Ending;
import confab.participant.SessionListener;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// Notes when a participant found that something is wrong with its edge, and when it was on another
/// one.
@NullMarked
class Moves implements SessionListener {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private long marked; // this and what follows is guarded by this
  private long noticedAt;
  private long movedAt;
  private boolean resumed;
  private @Nullable Ending ending;

  /// What counts is what comes from here on.
  final synchronized void mark() {
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
  final long awaitMove() throws Exception {
    Patience.await("the move", LIMIT, Duration.ofMillis(5), this::hasMoved);
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
  final synchronized double noticedMillis() {
    return noticedAt == 0 ? Double.NaN : (noticedAt - marked) / 1e6;
  }

  /// From the mark to the other edge.
  final synchronized double movedMillis() {
    return movedAt == 0 ? Double.NaN : (movedAt - marked) / 1e6;
  }

  /// Whether it came there as the same participant.
  final synchronized boolean hasResumed() {
    return resumed;
  }
}
