package confab.webtransport;

import java.net.InetSocketAddress;
import java.time.Duration;

/// How the WebTransport server listens. Immutable; `edge` fills it from its configuration.
///
/// @param bind the UDP address; port 0 takes a free one
/// @param path the path of the CONNECT requests that are sessions; others are answered 404
/// @param idleTimeout a connection on which nothing arrives for so long is gone; the same in QUIC
///     (RFC 9000 §10.1) as for the session above it
/// @param engine which QUIC to use; it has to be available
public record WebTransportConfig(
    InetSocketAddress bind, String path, Duration idleTimeout, QuicEngine engine) {}
