package confab.edge.guard;

import confab.room.Admission.Refused;
import confab.room.limits.AddressRates;
import java.net.InetAddress;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How often each address may ask. Thread-safe.
public final class AddressLimits {
  private final AddressRates requests;
  private final AddressRates sessionLookups;
  private final AddressRates roomLookups;
  private final HttpRefusals refusals;
  private final LongSupplier clock;

  /// @param clock in nanoseconds
  public AddressLimits(HttpLimits limits, HttpRefusals refusals, LongSupplier clock) {
    requests = new AddressRates(limits.requests());
    sessionLookups = new AddressRates(limits.sessionLookups());
    roomLookups = new AddressRates(limits.roomLookups());
    this.refusals = refusals;
    this.clock = clock;
  }

  /// Null when `address` may make a request.
  @Nullable Refused refuseRequest(InetAddress address) {
    return refuse(requests, HttpRefusal.REQUESTS, address, "requests");
  }

  /// Whether `address` may make no request now, and so needs no connection.
  public boolean isSpent(InetAddress address) {
    return requests.nanosUntilNext(address, clock.getAsLong()) > 0;
  }

  /// Null when `address` may ask for a join.
  public @Nullable Refused refuseSessionLookup(InetAddress address) {
    return refuse(sessionLookups, HttpRefusal.SESSION_LOOKUPS, address, "questions for joins");
  }

  /// Null when `address` may ask for a room.
  public @Nullable Refused refuseRoomLookup(InetAddress address) {
    return refuse(roomLookups, HttpRefusal.ROOM_LOOKUPS, address, "questions for rooms");
  }

  private @Nullable Refused refuse(
      AddressRates rates, HttpRefusal what, InetAddress address, String things) {
    long wait = rates.take(address, clock.getAsLong());
    if (wait == 0) {
      return null;
    }
    refusals.count(what);
    return Refused.tooOften("Too many " + things + " from your address.", wait);
  }
}
