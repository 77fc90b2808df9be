/// WebTransport over HTTP/3 (draft-ietf-webtrans-http3-02 as Chromium speaks it, RFC 9297, RFC
/// 9220) for rooms. The layer that knows sessions ([WebTransportServer]) sees a QUIC engine only
/// through `Engine`; behind it is either Kwik with Flupke or Netty's codec for quiche.
///
/// In reading order: [WebTransportServer], [WebTransportConfig], [QuicEngine], [Certificates],
/// [WebTransportStats].
@NullMarked
package confab.webtransport;

import org.jspecify.annotations.NullMarked;
