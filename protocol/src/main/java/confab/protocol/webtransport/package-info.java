/// What WebTransport over HTTP/3 adds to QUIC, for both sides and every draft of it: numbers and
/// names, and how capsules and control messages stand on streams. Opens no connection.
///
/// In reading order: [WebTransportNumbers], the heart; [Varint]; [FrameFilter] (ahead of HTTP/3);
/// [Capsule] and [CapsuleReader] (on the CONNECT stream); [ControlStream] (Confab's own messages);
/// [PinnedTrust] (how clients trust an edge).
@NullMarked
package confab.protocol.webtransport;

import org.jspecify.annotations.NullMarked;
