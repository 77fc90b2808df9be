/// The engine made of Netty's codecs for QUIC (quiche, in native code) and HTTP/3. Callbacks on
/// event loops, several times cheaper than Kwik.
///
/// [NettyEngine] is the heart and the only public type: it binds a `NettyPort` per event loop, and
/// that makes the rounds. Each QUIC connection is a `NettyConnection`, its session a `NettyTunnel`.
/// Read `NettyTunnel` for the way of a datagram, `NettyPeerStream` for that of a stream.
@NullMarked
package confab.webtransport.netty;

import org.jspecify.annotations.NullMarked;
