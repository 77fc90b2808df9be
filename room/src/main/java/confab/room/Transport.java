package confab.room;

import confab.protocol.figures.Labelled;
import java.util.Locale;

/// The kinds of links.
public enum Transport implements Labelled {
  WEBTRANSPORT,
  WEBSOCKET;

  /// The name in logs and metrics: `webtransport`.
  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
