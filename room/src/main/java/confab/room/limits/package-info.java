/// What one address, one user, one person and one room may do and hold, so that nobody spoils an
/// edge for all others.
///
/// [StrictBucket] is the heart: how often, and who tries too early waits longer. In reading order:
/// [AddressRates], [AddressPlaces], [Network] (addresses); [UserRates], [UserPlaces] (users whom a
/// token names); [AwayPlaces] (who is away); [TextLimits] and [RoomText] (what is written);
/// [Pressure] (the process); [Limit], [LimitCounters] (what was above them).
@NullMarked
package confab.room.limits;

import org.jspecify.annotations.NullMarked;
