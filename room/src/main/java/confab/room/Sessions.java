package confab.room;

import confab.protocol.CloseReason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The connections of one edge, in rooms or on the way there, and when their time is up.
/// Thread-safe.
final class Sessions {
  /// A connection that does not enter within this time is closed.
  private static final Duration ENTRY_DEADLINE = Duration.ofSeconds(5);

  /// A connection whose participant has moved on is closed after this time, if it still stands.
  private static final Duration OVERLAP = Duration.ofSeconds(2);

  private final Duration idleTimeout;
  private final Set<Session> all = ConcurrentHashMap.newKeySet();
  private final Map<Transport, AtomicInteger> counts = new EnumMap<>(Transport.class);

  Sessions(Duration idleTimeout) {
    this.idleTimeout = idleTimeout;
    for (Transport transport : Transport.values()) {
      counts.put(transport, new AtomicInteger());
    }
  }

  void add(Session session) {
    all.add(session);
    countOf(session.transport()).incrementAndGet();
  }

  void remove(Session session) {
    if (all.remove(session)) {
      countOf(session.transport()).decrementAndGet();
    }
  }

  List<Session> entered() {
    return all.stream().filter(Session::hasEntered).toList();
  }

  /// Closes those that are silent, late or left behind.
  void sweep(long now) {
    for (Session session : all) {
      if (session.fencedBefore(now - OVERLAP.toNanos())) {
        session.close(CloseReason.SUPERSEDED);
      } else if (session.heardAt() - (now - idleTimeout.toNanos()) < 0) {
        session.close(CloseReason.IDLE_TIMEOUT);
      } else if (!session.hasEntered()
          && session.openedAt() - (now - ENTRY_DEADLINE.toNanos()) < 0) {
        session.close(CloseReason.PROTOCOL_VIOLATION);
      } else {
        session.reportPublished(now);
      }
    }
  }

  void closeAll(CloseReason reason) {
    all.forEach(session -> session.close(reason));
  }

  int count(Transport transport) {
    return countOf(transport).get();
  }

  int count() {
    return counts.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  private AtomicInteger countOf(Transport transport) {
    return Objects.requireNonNull(counts.get(transport));
  }
}
