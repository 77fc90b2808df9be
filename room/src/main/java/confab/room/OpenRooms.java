package confab.room;

import confab.protocol.RoomId;
import confab.room.Admission.Admitted;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The rooms of this edge. A room whose time is over shuts itself before it is taken out of the
/// map, so nobody enters a room that nobody else can find. While somebody enters only the room's
/// own lock is held. Thread-safe.
final class OpenRooms {
  private final EdgeContext context;
  private final Consumer<Room> changed;
  private final ConcurrentHashMap<RoomId, Room> byId = new ConcurrentHashMap<>();

  /// Whether the bus is in reach, as of the last beat.
  private volatile boolean whole;

  /// @param changed is given a room that has something to tell the other edges
  OpenRooms(EdgeContext context, Consumer<Room> changed) {
    this.context = context;
    this.changed = changed;
    whole = context.bus().fault().isEmpty();
  }

  /// Enters the room, which is made when it is not there.
  ///
  /// @param attend makes a connection the one that carries a session
  Entry enter(RoomId id, BiFunction<Room, Session, Attendee> attend, Entry.Request request) {
    while (true) {
      Room room = byId.computeIfAbsent(id, this::make);
      room.setWhole(whole);
      Entry entry = room.enter(attend, request);
      if (entry != null) {
        return entry;
      }
      byId.remove(id, room);
    }
  }

  /// @return false when there is one already
  boolean create(RoomId id) {
    return byId.putIfAbsent(id, make(id)) == null;
  }

  private Room make(RoomId id) {
    return new Room(id, context, whole, changed);
  }

  boolean contains(RoomId id) {
    return byId.containsKey(id);
  }

  int size() {
    return byId.size();
  }

  /// Connections of this edge in the room.
  int connections(RoomId id) {
    Room room = find(id);
    return room == null ? 0 : room.connections();
  }

  /// How many are in the room, on all edges; empty when there is no such room.
  OptionalInt participants(RoomId id) {
    Room room = find(id);
    return room == null ? OptionalInt.empty() : OptionalInt.of(room.size());
  }

  /// Whether the user is in the room already.
  boolean isIn(Admitted admitted) {
    Room room = find(admitted.room());
    return room != null && room.has(admitted.user());
  }

  private @Nullable Room find(RoomId id) {
    return byId.get(id);
  }

  Collection<Room> all() {
    return byId.values();
  }

  /// Sweeps every room, and forgets the rooms that have been empty for too long.
  void sweep(long now) {
    long emptyBefore = now - context.limits().emptyRoomLifetime().toNanos();
    for (Room room : byId.values()) {
      room.sweep();
      if (room.shutIfEmptySince(emptyBefore)) {
        byId.remove(room.id(), room);
      }
    }
  }

  /// Whether the other edges can be reached. Called by one thread.
  void setWhole(boolean nowWhole) {
    if (whole != nowWhole) {
      whole = nowWhole;
      byId.values().forEach(room -> room.setWhole(nowWhole));
    }
  }
}
