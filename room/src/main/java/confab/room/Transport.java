package confab.room;

import java.util.Locale;

/// What a connection is made of.
public enum Transport {
  WEBTRANSPORT,
  WEBSOCKET;

  /// The name in logs and metrics: `webtransport`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
