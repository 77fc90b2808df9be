/// The seam between WebTransport as rooms know it and the QUIC engine beneath: what an engine does,
/// what it counts, and what it lets a peer do.
///
/// [Engine] is the heart and the file to read first. In reading order: [Engine], [EngineSetup],
/// [EngineLimits], [Handshakes], [InitialPacket], [AddressPorts],
/// [SharedPort], [VersionNegotiation], [EngineCounters].
@NullMarked
package confab.webtransport.engine;

import org.jspecify.annotations.NullMarked;
