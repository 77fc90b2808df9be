package confab.participant;

import java.util.Locale;

/// How to reach an edge. [#AUTO] is WebTransport, or WebSocket when that does not work within 3 s;
/// a session that stands never answers it.
public enum Transport {
  AUTO,
  WEBTRANSPORT,
  WEBSOCKET;

  /// As on command lines and in JSON: `webtransport`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
