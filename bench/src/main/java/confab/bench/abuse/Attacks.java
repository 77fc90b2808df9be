package confab.bench.abuse;

import java.util.Locale;

/// All attacks, in the order of the table.
enum Attacks {
  NOTHING("nobody attacks: what the machine itself does", Crowds::nothing),
  SHORT_PACKETS("2,000 packets/s of 1 byte to the QUIC port", FirstPackets::tooShort),
  ONE_BEGINNER("2,000 first packets/s of 1,200 bytes, one address", FirstPackets::fromOne),
  MANY_BEGINNERS("2,000 first packets/s of 1,200 bytes, 1,000 addresses", FirstPackets::fromMany),
  STORM("the same from one address, and 100 honest joins/s from as many addresses", Storm::run),
  LIARS("6 in the room claim loud voice: 1 byte, 2.5 frames/s each", Voices::liars),
  SHOUTERS("6 in the room send the loudest frames, 50/s each", Voices::shouters),
  MEDIA_WEBSOCKET("media as fast as one WebSocket can", Voices::floodOverWebSocket),
  MEDIA_WEBTRANSPORT(
      "10,000 frames/s over one WebTransport session", Voices::floodOverWebTransport),
  REPORTS("one in the room reports 80 % loss", Voices::reports),
  TEXTS("7 say 40 texts of 4 kB each before 50 listeners", Words::texts),
  RENAMES("7 take 100 long names each before 50 listeners", Words::renames),
  REQUESTS("requests as fast as one connection can", Words::requests),
  GARBAGE("control messages of random bytes, again and again", Words::garbage),
  IDLE_TCP("3,000 idle TCP connections, one address", Crowds::idleConnections),
  IDLE_TLS("1,000 TLS handshakes that say nothing, one address", Crowds::silentHandshakes),
  IDLE_WEBSOCKETS("2,000 WebSockets that never enter, 100 addresses", Crowds::idleWebSockets),
  SLOW_BODIES("1,000 bodies, a byte a second, 10 addresses", Crowds::slowBodies),
  RESETS("HTTP/2 requests that are reset at once, one connection", Resets::run),
  SESSIONS("300 joins in a row, one address", Places::sessions),
  GHOSTS("200 join and vanish, one address", Places::ghosts),
  ROOMS("2,000 new rooms, 100 addresses", Places::rooms),
  GUESSES("look-ups of rooms as fast as one address can", Places::guesses);

  final String what;
  final Attack attack;

  Attacks(String what, Attack attack) {
    this.what = what;
    this.attack = attack;
  }

  /// For `--attacks` and the names of edges.
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
