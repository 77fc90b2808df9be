package confab.room;

import confab.bus.Bus;
import confab.frames.MediaCounters;
import confab.frames.RoundFlusher;
import confab.room.grants.Access;
import confab.room.grants.TicketDesk;
import confab.room.limits.AwayPlaces;
import confab.room.limits.LimitCounters;
import confab.room.limits.Pressure;
import confab.room.limits.StrictBucket;
import confab.room.presence.PresenceCounters;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/// The parts that all rooms and connections of one edge share.
///
/// @param clock in nanoseconds, monotonic; every time in this package without a unit is one of it
/// @param wallClock for what people compare across edges
/// @param media of the connections, by transport
/// @param busMedia what came over the bus and went out on it
record EdgeContext(
    EdgeIdentity edge,
    Bus bus,
    RoomLimits limits,
    LongSupplier clock,
    InstantSource wallClock,
    RoundFlusher flusher,
    ResumeDesk resumes,
    TicketDesk tickets,
    Access access,
    Map<Transport, MediaCounters> media,
    MediaCounters busMedia,
    PresenceCounters presence,
    LimitCounters limited,
    AwayPlaces away,
    Pressure pressure) {

  static Map<Transport, MediaCounters> mediaCounters() {
    Map<Transport, MediaCounters> media = new EnumMap<>(Transport.class);
    for (Transport transport : Transport.values()) {
      media.put(transport, new MediaCounters());
    }
    return media;
  }

  /// How often somebody new may change the name.
  StrictBucket renames() {
    return new StrictBucket(limits.renames(), now());
  }

  long now() {
    return clock.getAsLong();
  }

  MediaCounters media(Transport transport) {
    return Objects.requireNonNull(media.get(transport));
  }
}
