/// What a load measures: frames by their sequence, latencies, the time in which they count, and
/// what the tool itself used.
///
/// In reading order: [Window], [WallClock], [SequenceTracker], [Tally], [Usage], [UdpDrops].
@NullMarked
package confab.load.measure;

import org.jspecify.annotations.NullMarked;
