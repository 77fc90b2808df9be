package confab.room;

import confab.bus.Bus;
import java.util.function.LongSupplier;

/// What all rooms of one edge share.
///
/// @param changed called when a room has something to tell the other edges
record EdgeContext(
    EdgeIdentity edge,
    Bus bus,
    RoomLimits limits,
    LongSupplier nanoClock,
    RoundFlusher flusher,
    Runnable changed,
    MediaCounters busMedia,
    PresenceCounters presence) {

  long now() {
    return nanoClock.getAsLong();
  }
}
