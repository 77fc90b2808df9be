package confab.room;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Rooms in the order in which they next tell the other edges of their presence. A beat visits only
/// the rooms that are due, however many there are.
///
/// Bound: each room once. Rooms put, from any thread; the thread that beats takes.
final class TellQueue {
  /// A room whose telling failed is tried again after this time.
  private static final long AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// Rooms that may be due sooner than their turn says.
  private final Set<Room> changed = ConcurrentHashMap.newKeySet();

  // Owned by the thread that beats.
  private final Map<Room, Turn> turns = new HashMap<>();
  private final NavigableSet<Turn> inOrder = new TreeSet<>();

  /// @param serial tells turns of one time apart
  private record Turn(long at, int serial, Room room) implements Comparable<Turn> {
    @Override
    public int compareTo(Turn other) {
      long later = at - other.at;
      return later == 0 ? Integer.compare(serial, other.serial) : Long.signum(later);
    }
  }

  private int serials;

  /// The room has something to tell, or is asked.
  void put(Room room) {
    changed.add(room);
  }

  /// Lets every room tell that is due.
  void tellDue(long now) {
    for (Room room : changed) {
      // Removed before it is asked: what changes from here on puts it again.
      changed.remove(room);
      schedule(room, room.tellsAt());
    }
    while (!inOrder.isEmpty() && inOrder.first().at() - now <= 0) {
      Room room = inOrder.first().room();
      schedule(room, now + AFTER_FAILURE_NANOS);
      room.tell(false);
      schedule(room, room.tellsAt());
    }
  }

  /// @param at null for a room that has nothing to tell until it changes
  private void schedule(Room room, @Nullable Long at) {
    Turn before = turns.remove(room);
    if (before != null) {
      inOrder.remove(before);
    }
    if (at != null) {
      var turn = new Turn(at, serials++, room);
      turns.put(room, turn);
      inOrder.add(turn);
    }
  }
}
