package confab.room;

import confab.protocol.RoomId;
import confab.protocol.RoomName;
import confab.room.Admission.Admitted;
import confab.room.limits.AddressPlaces;
import confab.room.presence.Roster;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rooms of this edge. A room whose time is over shuts itself before it is taken out of the
/// map, so nobody enters a room that nobody else can find. While somebody enters only the room's
/// own lock is held. Thread-safe.
///
/// A room that nobody has entered, or nobody for a while, is its name and a time. Bound: the Gate
/// counts the rooms, and those of an address that are empty.
final class OpenRooms {
  private final EdgeContext context;
  private final Consumer<Room> changed;
  private final ConcurrentHashMap<RoomId, Slot> byId = new ConcurrentHashMap<>();
  private final AddressPlaces empty;

  /// Whether the bus is in reach, as of the last beat.
  private volatile boolean whole;

  /// @param room null while the room is empty
  /// @param emptySince without meaning while it is not
  /// @param maker the address that made it
  /// @param name without meaning while the room is not null
  private record Slot(
      @Nullable Room room, long emptySince, InetAddress maker, Optional<RoomName> name) {}

  /// @param changed is given a room that has something to tell the other edges
  OpenRooms(EdgeContext context, Consumer<Room> changed) {
    this.context = context;
    this.changed = changed;
    empty = new AddressPlaces(context.limits().emptyRoomsPerAddress());
    whole = context.bus().fault().isEmpty();
  }

  /// Enters the room, which is made when it is not there.
  ///
  /// @param attend makes a connection the one that carries a session
  Entry enter(
      Admitted admitted, BiFunction<Room, Session, Attendee> attend, Entry.Request request) {
    while (true) {
      Room room = open(admitted.room(), admitted.address());
      room.setWhole(whole);
      Entry entry = room.enter(attend, request);
      if (entry != null) {
        return entry;
      }
      close(room);
    }
  }

  private Room open(RoomId id, InetAddress address) {
    Slot open =
        byId.compute(
            id,
            (same, slot) -> {
              if (slot != null && slot.room() != null) {
                return slot;
              }
              if (slot != null) {
                empty.free(slot.maker());
              }
              InetAddress maker = slot == null ? address : slot.maker();
              Optional<RoomName> name = slot == null ? Optional.empty() : slot.name();
              return new Slot(new Room(id, name, context, whole, changed), 0, maker, name);
            });
    if (open.room() == null) {
      throw new IllegalStateException("not open");
    }
    return open.room();
  }

  /// Keeps no more than the name of a room that has shut itself. Nothing happens when somebody has
  /// opened it anew.
  private void close(Room room) {
    byId.computeIfPresent(
        room.id(),
        (id, slot) ->
            slot.room() == room ? keep(room.emptySince(), slot.maker(), room.name()) : slot);
  }

  private Slot keep(long since, InetAddress maker, Optional<RoomName> name) {
    empty.add(maker);
    return new Slot(null, since, maker, name);
  }

  /// @return false when there is one already
  boolean create(RoomId id, InetAddress maker) {
    // Whoever makes the slot sees that it does.
    var made = new boolean[1];
    byId.computeIfAbsent(
        id,
        fresh -> {
          made[0] = true;
          return keep(context.now(), maker, Optional.empty());
        });
    return made[0];
  }

  /// Whether `address` may make another room: it has not too many that are empty.
  boolean mayMake(InetAddress address) {
    return empty.hasPlace(address);
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
    Slot slot = byId.get(id);
    if (slot == null) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(slot.room() == null ? 0 : slot.room().size());
  }

  /// Whether the user is in the room already.
  boolean isIn(Admitted admitted) {
    Room room = find(admitted.room());
    return room != null && room.sessions(admitted.identity(), "") > 0;
  }

  /// How many sessions the user has in the room, on all edges.
  ///
  /// @param besides names one that does not count
  int sessions(Admitted admitted, String besides) {
    Room room = find(admitted.room());
    return room == null ? 0 : room.sessions(admitted.identity(), besides);
  }

  Optional<RoomName> name(RoomId id) {
    Slot slot = byId.get(id);
    if (slot == null) {
      return Optional.empty();
    }
    return slot.room() == null ? slot.name() : slot.room().name();
  }

  private @Nullable Room find(RoomId id) {
    Slot slot = byId.get(id);
    return slot == null ? null : slot.room();
  }

  /// Those that somebody is in, or was a moment ago.
  Stream<Room> open() {
    return byId.values().stream().flatMap(slot -> Stream.ofNullable(slot.room()));
  }

  /// Sweeps every room, closes those that are empty, and forgets those that have been for too long.
  void sweep(long now) {
    // The room knows who was there for as long as they may come back.
    long lifetime = context.limits().emptyRoomLifetime().toNanos();
    long closedBefore = now - Math.min(Roster.DEPARTURES_NANOS, lifetime);
    long forgottenBefore = now - lifetime;
    for (RoomId id : byId.keySet()) {
      Room room = find(id);
      if (room != null) {
        room.sweep();
        if (room.shutIfEmptySince(closedBefore)) {
          close(room);
        }
      }
      byId.computeIfPresent(
          id, (same, slot) -> isOver(slot, forgottenBefore) ? forget(slot) : slot);
    }
  }

  private static boolean isOver(Slot slot, long forgottenBefore) {
    return slot.room() == null && slot.emptySince() - forgottenBefore <= 0;
  }

  private @Nullable Slot forget(Slot slot) {
    empty.free(slot.maker());
    return null;
  }

  /// Whether the other edges can be reached. Called by one thread.
  void setWhole(boolean nowWhole) {
    if (whole != nowWhole) {
      whole = nowWhole;
      open().forEach(room -> room.setWhole(nowWhole));
    }
  }
}
