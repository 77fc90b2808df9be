package confab.cli;

import confab.cli.HeadlessParticipant.Config;
import confab.cli.HeadlessParticipant.Ending;
import confab.cli.HeadlessParticipant.Listener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A participant that stays in the room: when its connection breaks, it joins again, with growing
/// pauses, for [#LIMIT]. A virtual thread of its own does that; any thread may ask and close.
final class Presence implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final Config config;
  private final Listener listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread keeper;
  private volatile HeadlessParticipant participant;
  private volatile @Nullable String failure;

  private Presence(Config config, Listener listener) throws JoinException {
    this.config = config;
    this.listener = listener;
    participant = HeadlessParticipant.connect(config, listener);
    keeper = Thread.ofVirtual().name("presence").unstarted(this::keep);
  }

  /// Joins, once; only a connection that breaks later is tried again.
  static Presence join(Config config, Listener listener) throws JoinException {
    var presence = new Presence(config, listener);
    presence.keeper.start();
    return presence;
  }

  /// The current participant; between two connections, the last one.
  HeadlessParticipant participant() {
    return participant;
  }

  /// Why it has given up, in one line; empty as long as it has not.
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  private void keep() {
    try {
      while (closed.getCount() > 0) {
        Optional<Ending> ending = participant.awaitEnding(Duration.ofDays(1));
        if (ending.isPresent() && closed.getCount() > 0 && !rejoin(ending.get())) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean rejoin(Ending ending) throws InterruptedException {
    if (!ending.mayReconnect()) {
      failure = "the edge ended the session: " + ending.detail();
      return false;
    }
    listener.notice("joining again: " + ending.detail());
    long deadline = System.nanoTime() + LIMIT.toNanos();
    Duration pause = FIRST_PAUSE;
    while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      try {
        var next = HeadlessParticipant.connect(config, listener);
        participant = next;
        if (closed.getCount() == 0) {
          next.close();
        }
        return true;
      } catch (JoinException e) {
        if (System.nanoTime() > deadline) {
          failure = "connection lost: " + e.getMessage();
          return false;
        }
      }
      pause = pause.plus(pause).compareTo(LONGEST_PAUSE) < 0 ? pause.plus(pause) : LONGEST_PAUSE;
    }
    return false;
  }

  /// Leaves; see [HeadlessParticipant#close].
  @Override
  public void close() {
    closed.countDown();
    participant.close();
  }
}
