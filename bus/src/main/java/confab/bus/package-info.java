/// Bytes between edges, inside one process or over NATS. Nothing is kept: what cannot be delivered
/// now is dropped and counted.
///
/// [Bus] is the heart and the file to read first. In reading order: [Bus], [Subject] (addresses),
/// [BusStats] (figures), [LocalBus] (one process), [NatsBus] and [NatsConfig] (several).
@NullMarked
package confab.bus;

import org.jspecify.annotations.NullMarked;
