package confab.room;

import java.util.Locale;

/// What became of a resume token that was shown to this edge.
public enum Resumption {
  /// The connection is the same session.
  RESUMED,
  /// No edge with our key has signed it, or it is no token at all.
  FORGED,
  EXPIRED,
  /// It is another room's or another user's.
  FOREIGN,
  /// A connection at least as late as this one is known.
  STALE;

  /// The name in metrics and logs: `resumed`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
