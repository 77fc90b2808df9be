package confab.protocol.webtransport;

import java.util.Map;
import java.util.Set;

/// The numbers and names of WebTransport over HTTP/3, and of what lies beneath it, under the names
/// that their documents give them. "Draft" is draft-ietf-webtrans-http3: its numbers for streams,
/// the close and errors have been the same since draft 02, those of settings change with each few.
public final class WebTransportNumbers {
  /// What TLS agrees on (RFC 9114 §3.1).
  public static final String ALPN = "h3";

  // --- settings ---

  /// Extended CONNECT (RFC 9220 §3). The HTTP/3 libraries of both engines announce it.
  public static final long SETTINGS_ENABLE_CONNECT_PROTOCOL = 0x08;

  /// RFC 9297 §2.1.1.
  public static final long SETTINGS_H3_DATAGRAM = 0x33;

  /// Drafts 02 to 06: what Chromium and Firefox ask for.
  public static final long SETTINGS_ENABLE_WEBTRANSPORT = 0x2b603742L;

  /// Drafts 07 to 12. Safari 26 takes it for enough.
  public static final long SETTINGS_WEBTRANSPORT_MAX_SESSIONS = 0xc671706aL;

  /// Drafts 13 and 14. Not announced: Safari then wants credit by
  /// [#SETTINGS_WT_INITIAL_MAX_DATA] and its like, or refuses.
  public static final long SETTINGS_WT_MAX_SESSIONS = 0x14e9cd29L;

  /// From draft 15 on.
  public static final long SETTINGS_WT_ENABLED = 0x2c7cf000L;

  /// Credit of a session, from draft 13 on. Not announced: without it a session has none of its own
  /// and is limited by the QUIC connection alone.
  public static final long SETTINGS_WT_INITIAL_MAX_DATA = 0x2b61;

  public static final long SETTINGS_WT_INITIAL_MAX_STREAMS_UNI = 0x2b64;
  public static final long SETTINGS_WT_INITIAL_MAX_STREAMS_BIDI = 0x2b65;

  /// What an edge announces, [#SETTINGS_ENABLE_CONNECT_PROTOCOL] aside: one session per connection,
  /// in the words of every draft that a browser speaks.
  public static final Map<Long, Long> EDGE_SETTINGS =
      Map.of(
          SETTINGS_H3_DATAGRAM, 1L,
          SETTINGS_ENABLE_WEBTRANSPORT, 1L,
          SETTINGS_WEBTRANSPORT_MAX_SESSIONS, 1L,
          SETTINGS_WT_ENABLED, 1L);

  /// What a client announces.
  public static final Map<Long, Long> CLIENT_SETTINGS =
      Map.of(SETTINGS_H3_DATAGRAM, 1L, SETTINGS_ENABLE_WEBTRANSPORT, 1L);

  // --- the CONNECT request ---

  /// The `:protocol` of drafts 02 to 14, which every browser sends.
  public static final String PROTOCOL = "webtransport";

  /// The `:protocol` from draft 15 on.
  public static final String PROTOCOL_DRAFT_15 = "webtransport-h3";

  /// Those that an edge accepts.
  public static final Set<String> PROTOCOLS = Set.of(PROTOCOL, PROTOCOL_DRAFT_15);

  /// The header of draft 02 by which a client says that it speaks it, with the value `1`.
  public static final String DRAFT_02_HEADER = "sec-webtransport-http3-draft02";

  // --- streams and datagrams ---

  /// What a bidirectional stream of a session begins with, ahead of the session's id (draft §4).
  public static final long WT_BIDIRECTIONAL_STREAM = 0x41;

  /// The type of a unidirectional stream of a session, ahead of the session's id (draft §4).
  public static final long WT_UNIDIRECTIONAL_STREAM = 0x54;

  // --- capsules (RFC 9297 §3.2) ---

  /// CLOSE_WEBTRANSPORT_SESSION until draft 12.
  public static final long WT_CLOSE_SESSION = 0x2843;

  public static final long WT_DRAIN_SESSION = 0x78ae;

  /// More credit for a session that has credit of its own.
  public static final long WT_MAX_DATA = 0x190b4d3d;

  public static final long WT_MAX_STREAMS_BIDI = 0x190b4d3f;
  public static final long WT_MAX_STREAMS_UNI = 0x190b4d40;

  // --- errors ---

  /// RFC 9114 §8.1.
  public static final long H3_NO_ERROR = 0x100;

  public static final long H3_EXCESSIVE_LOAD = 0x107;
  public static final long H3_REQUEST_REJECTED = 0x10b;

  /// A stream whose session is not (yet) known and that is not kept until it is (draft §4.6).
  public static final long WT_BUFFERED_STREAM_REJECTED = 0x3994bd84L;

  private static final long WT_APPLICATION_ERROR_FIRST = 0x52e4a40fa8dbL;

  /// HTTP/3 keeps every 31st number free for greasing.
  private static final int NUMBERS_BETWEEN_GREASE = 0x1e;

  private WebTransportNumbers() {}

  /// The id of a session as its datagrams begin with it: the CONNECT stream's, divided by four
  /// (RFC 9297 §2.1).
  public static long quarterStreamId(long connectStreamId) {
    return connectStreamId / 4;
  }

  /// The HTTP/3 error of a stream that ends with an application's `code` of 32 bits (draft §4.3).
  public static long httpError(long code) {
    return WT_APPLICATION_ERROR_FIRST + code + code / NUMBERS_BETWEEN_GREASE;
  }
}
