/// What a frame and a connection cost an edge, by size, engine and setting, under the load tool;
/// its heart is `Load`. The steps of the frame path by themselves are here, too.
///
/// In reading order: [LoadSuite], [RoundsSuite], [LoudestSuite], [EdgesSuite], [MemorySuite],
/// [MicroSuite], [LoadChart], [WarmUp].
@NullMarked
package confab.bench.load;

import org.jspecify.annotations.NullMarked;
