package confab.webtransport.engine;

import confab.webtransport.certificates.Credentials;
import java.net.InetSocketAddress;
import java.time.Duration;

/// What an engine is started with.
///
/// @param bind the UDP address; port 0 takes a free one
/// @param idleTimeout a connection on which nothing arrives for so long is gone (RFC 9000 §10.1)
/// @param credentials what it presents until [Engine#use] names others
/// @param counters where it counts
public record EngineSetup(
    InetSocketAddress bind,
    Duration idleTimeout,
    Credentials credentials,
    Engine.Acceptor acceptor,
    EngineCounters counters) {}
