package confab.bench.cluster;

import confab.participant.SessionListener;
import confab.protocol.Event;
import confab.rig.Patience;

/// Counts who is in the room, and notes when everybody was to be seen.
final class Newcomer implements SessionListener {
  private final int everybody;
  private final long started = System.nanoTime();
  private long welcomedAt; // this and what follows is guarded by this
  private long completeAt;
  private int count;

  /// It begins to join.
  Newcomer(int everybody) {
    this.everybody = everybody;
  }

  @Override
  public synchronized void event(Event event) {
    long now = System.nanoTime();
    switch (event) {
      case Event.Welcome welcome -> {
        welcomedAt = now;
        count = welcome.participants().size();
      }
      case Event.Joined _ -> count++;
      case Event.Left _ -> count--;
      default -> {}
    }
    if (count == everybody && completeAt == 0) {
      completeAt = now;
    }
  }

  void awaitEverybody() {
    Patience.awaitOnly("the whole roster").until(this::seesEverybody);
  }

  private synchronized boolean seesEverybody() {
    return completeAt != 0;
  }

  synchronized double millisFromStart() {
    return (completeAt - started) / 1e6;
  }

  synchronized double millisFromWelcome() {
    return (completeAt - welcomedAt) / 1e6;
  }
}
