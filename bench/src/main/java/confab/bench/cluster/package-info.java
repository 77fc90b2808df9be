/// What a cluster of three edges costs and hides: latency across edges, edges that end in
/// mid-sentence, and how soon a newcomer sees everybody; its heart is [Outages].
///
/// In reading order: [Latency], [CpuPerFrame], [Outages], [RosterTime], [Seating].
@NullMarked
package confab.bench.cluster;

import org.jspecify.annotations.NullMarked;
