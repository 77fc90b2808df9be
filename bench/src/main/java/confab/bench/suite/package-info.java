/// What every suite is made of: its options, its table, edges to measure and how to read them.
///
/// In reading order: [Suite], [Table], [Options], [Series], [Engine], [Edges], [Rooms], [CpuTime],
/// [Footprint].
@NullMarked
package confab.bench.suite;

import org.jspecify.annotations.NullMarked;
