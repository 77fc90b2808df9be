package confab.webtransport;

import confab.protocol.figures.Figure;
import confab.webtransport.engine.EngineCounters;

/// Figures of a WebTransport server since its start.
///
/// @param datagramsLost added up once per second on Netty, which knows packets only
public record WebTransportStats(
    @Figure(gauge = true, value = "QUIC connections now, admitted or not") long openConnections,
    @Figure("QUIC connections that completed the handshake") long connections,
    @Figure("First packets dropped because too many handshakes were half-open")
        long handshakesRefused,
    @Figure("CONNECT and other requests answered with an error status") long requestsRefused,
    @Figure("Datagrams that belong to no WebTransport session") long datagramsUnknown,
    @Figure(
            "Datagrams sent that acknowledgements show to be lost; on Netty packets, which may"
                + " carry several")
        long datagramsLost,
    @Figure("Packets that the operating system did not take") long packetsUnsent) {
  static WebTransportStats of(EngineCounters counters) {
    return new WebTransportStats(
        counters.connections.sum() - counters.connectionsClosed.sum(),
        counters.connections.sum(),
        counters.handshakesRefused.sum(),
        counters.requestsRefused.sum(),
        counters.datagramsUnknown.sum(),
        counters.datagramsLost.sum(),
        counters.packetsUnsent.sum());
  }
}
