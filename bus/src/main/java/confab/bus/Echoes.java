package confab.bus;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// Recognises words that NATS brings twice, as it does while the bus goes over to another server,
/// and where two leaf nodes lead into one cluster. Both come within a few milliseconds of each
/// other; nobody says the same so fast.
///
/// Guarded by itself. Bound: [#MAX] messages of one moment; then the oldest goes.
final class Echoes {
  private static final long MOMENT_NANOS = Duration.ofMillis(100).toNanos();
  private static final int MAX = 256;

  private final Deque<Heard> latest = new ArrayDeque<>();

  private record Heard(long at, Subject subject, byte[] message) {
    boolean is(Subject otherSubject, byte[] other) {
      return subject.equals(otherSubject) && Arrays.equals(message, other);
    }
  }

  synchronized boolean isEcho(Subject subject, byte[] message) {
    long now = System.nanoTime();
    while (!latest.isEmpty()
        && (latest.size() >= MAX || now - latest.getFirst().at() > MOMENT_NANOS)) {
      latest.removeFirst();
    }
    if (latest.stream().anyMatch(heard -> heard.is(subject, message))) {
      return true;
    }
    latest.add(new Heard(now, subject, message));
    return false;
  }
}
