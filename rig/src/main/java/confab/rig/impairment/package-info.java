/// Bad links for tests and measurements: relays on this machine that delay, lose and reorder what
/// they carry, the same way each time.
///
/// In reading order: [Impairment], [ImpairedLink], [ImpairedUdp], [ImpairedTcp].
@NullMarked
package confab.rig.impairment;

import org.jspecify.annotations.NullMarked;
