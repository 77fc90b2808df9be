package confab.room;

import confab.protocol.CloseReason;
import confab.protocol.UserId;
import confab.room.limits.AddressPlaces;
import confab.room.limits.Limit;
import confab.room.limits.LimitCounters;
import confab.room.limits.UserPlaces;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The connections of one edge, in rooms or on the way there. It closes those that are silent, late
/// or left behind, and moves and closes all of them when the edge ends.
///
/// Bound: so many as the edge has sessions. A connection that has not entered yet holds its place
/// only until somebody else wants it, so a crowd that never enters keeps nobody out. Those who are
/// admitted at the same moment may be above the bound by as many.
///
/// Thread-safe.
final class Connections implements Connection.Observer {
  /// A connection that does not enter within this time is closed.
  private static final Duration ENTRY_DEADLINE = Duration.ofSeconds(5);

  /// A connection whose participant has moved on is closed after this time, if it still stands.
  private static final Duration OVERLAP = Duration.ofSeconds(2);

  private final Duration idleTimeout;
  private final int most;
  private final LimitCounters limited;
  private final Set<Connection> all = ConcurrentHashMap.newKeySet();

  /// Have not entered yet; the oldest first. Guarded by itself.
  private final SequencedSet<Connection> outside = new LinkedHashSet<>();

  private final AddressPlaces byAddress;
  private final UserPlaces byUser;

  /// Those that have entered as a user whom a token names.
  private final Map<Connection, UserId> users = new ConcurrentHashMap<>();

  private final Map<Transport, AtomicInteger> counts = new EnumMap<>(Transport.class);
  private volatile boolean draining;
  private volatile boolean closing;

  Connections(RoomLimits limits, LimitCounters limited) {
    idleTimeout = limits.idleTimeout();
    most = limits.maxSessions();
    this.limited = limited;
    byAddress = new AddressPlaces(limits.sessionsPerAddress());
    byUser = new UserPlaces(limits.sessionsPerAddress());
    for (Transport transport : Transport.values()) {
      counts.put(transport, new AtomicInteger());
    }
  }

  void add(Connection connection) {
    all.add(connection);
    byAddress.add(connection.address());
    countOf(connection.transport()).incrementAndGet();
    if (count() > most) {
      crowdOut();
    }
    synchronized (outside) {
      outside.add(connection);
    }
    if (closing) {
      connection.close(CloseReason.SHUTDOWN);
    }
  }

  /// Closes the one that has been on its way for longest.
  private void crowdOut() {
    Connection oldest;
    synchronized (outside) {
      oldest = outside.isEmpty() ? null : outside.removeFirst();
    }
    if (oldest != null) {
      limited.count(Limit.NOT_ENTERED);
      oldest.close(CloseReason.IDLE_TIMEOUT);
    }
  }

  @Override
  public void verified(Connection connection, UserId user) {
    if (users.putIfAbsent(connection, user) == null) {
      byUser.add(user);
    }
    if (!all.contains(connection)) {
      forgetUser(connection);
    }
  }

  private void forgetUser(Connection connection) {
    UserId user = users.remove(connection);
    if (user != null) {
      byUser.free(user);
    }
  }

  @Override
  public void entered(Connection connection) {
    noLongerOutside(connection);
    if (draining) {
      connection.move();
    }
  }

  @Override
  public void closed(Connection connection) {
    noLongerOutside(connection);
    if (all.remove(connection)) {
      byAddress.free(connection.address());
      forgetUser(connection);
      countOf(connection.transport()).decrementAndGet();
    }
  }

  private void noLongerOutside(Connection connection) {
    synchronized (outside) {
      outside.remove(connection);
    }
  }

  /// Closes those that are silent, late or left behind.
  void sweep(long now) {
    for (Connection connection : all) {
      if (connection.fencedBefore(now - OVERLAP.toNanos())) {
        connection.close(CloseReason.SUPERSEDED);
      } else if (connection.heardAt() - (now - idleTimeout.toNanos()) < 0) {
        connection.close(CloseReason.IDLE_TIMEOUT);
      } else if (connection.isGrantOver()) {
        connection.close(CloseReason.EXPIRED);
      } else if (!connection.hasEntered()
          && connection.openedAt() - (now - ENTRY_DEADLINE.toNanos()) < 0) {
        connection.close(CloseReason.PROTOCOL_VIOLATION);
      } else {
        connection.report(now);
      }
    }
  }

  /// Asks everybody, and whoever enters from now on, to move to another edge: one after the other,
  /// so that the others are not met by all at once. Returns when the last has been asked.
  ///
  /// @param spread how long to take for it
  void drain(Duration spread) throws InterruptedException {
    draining = true;
    List<Connection> entered = all.stream().filter(Connection::hasEntered).toList();
    for (int i = 0; i < entered.size(); i++) {
      if (i > 0) {
        Thread.sleep(spread.dividedBy(entered.size()));
      }
      entered.get(i).move();
    }
  }

  /// Closes all of them, and whatever is added from now on.
  void close() {
    closing = true;
    all.forEach(connection -> connection.close(CloseReason.SHUTDOWN));
  }

  /// Whether the edge is about to end.
  boolean isEnding() {
    return draining || closing;
  }

  /// Whether there is a place for one more, or somebody who would give way.
  boolean hasPlace() {
    if (count() < most) {
      return true;
    }
    synchronized (outside) {
      return !outside.isEmpty();
    }
  }

  /// Whether the address may have one more connection.
  ///
  /// @param back whether it is of somebody who is here already
  boolean hasPlace(InetAddress address, boolean back) {
    return byAddress.hasPlace(address, back);
  }

  /// Likewise for a user whom a token names.
  boolean hasPlace(UserId user, boolean back) {
    return byUser.hasPlace(user, back);
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
