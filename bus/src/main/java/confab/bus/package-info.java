/// Bytes between edges. In reading order: [Subject], [Bus], [BusStats], [LocalBus], [NatsBus],
/// [NatsConfig].
@NullMarked
package confab.bus;

import org.jspecify.annotations.NullMarked;
