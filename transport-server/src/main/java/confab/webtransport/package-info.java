/// WebTransport over HTTP/3 for rooms (draft-ietf-webtrans-http3 in the versions that browsers
/// speak, RFC 9297, RFC 9220): admits participants, and makes a link of each session. A QUIC engine
/// is seen only through `engine.Engine`; the packages `netty` and `kwik` stand behind it, and
/// `certificates` beside it.
///
/// [WebTransportServer] is the heart and the file to read first. In reading order:
/// [WebTransportServer], [WebTransportConfig], [QuicEngine], [WebTransportStats].
@NullMarked
package confab.webtransport;

import org.jspecify.annotations.NullMarked;
