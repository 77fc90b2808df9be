package confab.webtransport;

import confab.protocol.figures.Figure;
import confab.webtransport.engine.EngineCounters;

/// Figures of a WebTransport server since its start.
///
/// @param datagramsLost added up once per second on Netty, which knows packets only
public record WebTransportStats(
    @Figure(gauge = true, value = "QUIC connections now, admitted or not") long openConnections,
    @Figure("QUIC connections that completed the handshake") long connections,
    @Figure("First packets dropped because too many connections had no session yet")
        long handshakesRefused,
    @Figure("First packets whose sender was asked to prove its address (Retry); Netty only")
        long handshakesAsked,
    @Figure("Packets dropped that begin like a connection and cannot be its first")
        long handshakesMalformed,
    @Figure("CONNECT and other requests answered with an error status") long requestsRefused,
    @Figure("Datagrams that belong to no WebTransport session") long datagramsUnknown,
    @Figure(
            "Datagrams sent that acknowledgements show to be lost; on Netty packets, which may"
                + " carry several")
        long datagramsLost,
    @Figure("Packets that the operating system did not take") long packetsUnsent,
    @Figure("Packets not sent, since it is not proven that anybody is at their address")
        long packetsHeldBack) {
  static WebTransportStats of(EngineCounters counters) {
    return new WebTransportStats(
        counters.connections.sum() - counters.connectionsClosed.sum(),
        counters.connections.sum(),
        counters.handshakesRefused.sum(),
        counters.handshakesAsked.sum(),
        counters.handshakesMalformed.sum(),
        counters.requestsRefused.sum(),
        counters.datagramsUnknown.sum(),
        counters.datagramsLost.sum(),
        counters.packetsUnsent.sum(),
        counters.packetsHeldBack.sum());
  }
}
