/// Hosts, ports and origins, read in one way by edges and tools.
///
/// The heart is [Authority]. [Origins] are those of pages that an operator lets in, and
/// [HostAddresses] those of this machine.
@NullMarked
package confab.protocol.address;

import org.jspecify.annotations.NullMarked;
