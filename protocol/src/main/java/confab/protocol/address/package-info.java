/// Hosts, ports and origins, read in one way by edges and tools, and where edges are dialled.
///
/// The heart is [Authority]. [EdgeAddress] is where an edge is dialled, [SessionAnswer] what the
/// session API says of it. [MeetingUrl] is what people write where a deployment's address is
/// asked for, [Origins] are those of pages that an operator lets in, [Hosts] those by which
/// an edge is reached, and [HostAddresses] those of this machine.
@NullMarked
package confab.protocol.address;

import org.jspecify.annotations.NullMarked;
