package confab.webtransport;

/// Figures of a WebTransport server since its start.
///
/// @param openConnections QUIC connections now, admitted or not
/// @param connections QUIC connections that completed the handshake
/// @param handshakesRefused first packets dropped because too many handshakes were half-open
/// @param requestsRefused CONNECT and other requests answered with an error status
/// @param datagramsUnknown datagrams that belong to no WebTransport session
/// @param datagramsLost datagrams sent that the peer's acknowledgements show to be lost; Netty
///     tells packets only, of whatever content, and they are added up once per second
/// @param packetsUnsent packets that the operating system did not take
public record WebTransportStats(
    long openConnections,
    long connections,
    long handshakesRefused,
    long requestsRefused,
    long datagramsUnknown,
    long datagramsLost,
    long packetsUnsent) {}
