package confab.room;

import java.util.Locale;

/// The kinds of links.
public enum Transport {
  WEBTRANSPORT,
  WEBSOCKET;

  /// The name in logs and metrics: `webtransport`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
