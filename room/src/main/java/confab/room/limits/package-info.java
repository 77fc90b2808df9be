/// What one address may do and hold, so that nobody spoils an edge for all others.
///
/// [AddressRates] is the heart: how often. Beside it is [AddressPlaces]: how many at a time.
@NullMarked
package confab.room.limits;

import org.jspecify.annotations.NullMarked;
