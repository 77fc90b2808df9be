package confab.room;

import confab.protocol.figures.Labelled;
import java.util.Locale;

/// What became of a resume token that a participant showed to this edge.
public enum Resumption implements Labelled {
  /// The connection is the same session.
  RESUMED,
  /// No edge with our key has signed it, or it is no token at all.
  FORGED,
  EXPIRED,
  /// What the session was granted is taken back.
  REVOKED,
  /// The token is another room's or another user's.
  FOREIGN,
  /// The edge knows a connection of this session with the same attempt or a later one.
  STALE;

  /// The name in metrics and logs: `resumed`.
  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
