/// The engine made of Kwik (QUIC) and Flupke (HTTP/3): Java alone, on threads that block.
///
/// [KwikEngine] is the heart: it keeps a connector per certificate behind one `UdpPort`. Each QUIC
/// connection is a `KwikConnection`, its session a `KwikTunnel`. [WarmUp] has the client of the
/// same libraries dial any engine.
@NullMarked
package confab.webtransport.kwik;

import org.jspecify.annotations.NullMarked;
