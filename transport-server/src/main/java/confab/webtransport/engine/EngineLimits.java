package confab.webtransport.engine;

import java.time.Duration;

/// What a peer may make an engine hold, and for how long; the same on every engine.
public final class EngineLimits {
  // --- before a session ---

  /// Connections without a session at a time, on all sockets together: each costs threads or memory
  /// before it is known who that is. A storm of joins after a restart has room in it.
  public static final int MAX_HALF_OPEN = 512;

  /// Those of one host: a large office that comes back at once.
  public static final int MAX_HALF_OPEN_PER_HOST = 128;

  /// Those of which it is not known whether anybody is at their address. From so many on an engine
  /// that can asks for a proof, which costs the honest one round trip.
  public static final int MAX_UNPROVEN = 128;

  public static final int MAX_UNPROVEN_PER_HOST = 32;

  /// After so long a handshake is given up and its place is free again.
  public static final Duration HALF_OPEN_AGE = Duration.ofSeconds(10);

  /// A connection without a session is closed after so long.
  public static final Duration SESSION_DEADLINE = Duration.ofSeconds(10);

  // --- streams ---

  /// Streams that the peer has open at a time, of either direction. It needs the CONNECT stream and
  /// one for control; HTTP/3 and QPACK need three unidirectional ones.
  public static final int MAX_STREAMS = 8;

  /// Flow control of one stream: many control messages, each of a few hundred bytes.
  public static final int STREAM_BUFFER_BYTES = 32 * 1024;

  /// Flow control of all streams together: as much as the streams that a session needs.
  public static final int CONNECTION_BUFFER_BYTES = 128 * 1024;

  /// The headers of one request. A page sends less than 1 kB.
  public static final int MAX_HEADER_BYTES = 10 * 1024;

  /// What may come on one stream of HTTP/3 in all: a request's headers and capsules of 1 kB;
  /// nothing else is expected. Streams of a session are exempt: they are read as they come.
  public static final int MAX_HTTP_STREAM_BYTES = 64 * 1024;

  // --- UDP ---

  /// What the kernel holds in either direction. An edge gets its datagrams in bursts, and some of
  /// them while a garbage collection runs.
  public static final int SOCKET_BUFFER_BYTES = 4 << 20;

  // --- the end ---

  /// How long the peer has to read why its session ended, before the connection does.
  public static final Duration CLOSE_LINGER = Duration.ofMillis(500);

  /// How long an engine that closes waits until its goodbyes have left.
  public static final Duration GOODBYE = Duration.ofMillis(500);

  private EngineLimits() {}
}
