/// Hosts, ports and origins, read in one way by edges and tools.
///
/// The heart is [Authority]. [Origins] are those of pages that an operator lets in.
@NullMarked
package confab.protocol.address;

import org.jspecify.annotations.NullMarked;
