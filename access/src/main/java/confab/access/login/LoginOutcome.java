package confab.access.login;

import confab.protocol.figures.Labelled;
import java.util.Locale;

/// What becomes of somebody who goes to log in.
public enum LoginOutcome implements Labelled {
  /// They are logged in.
  DONE,
  /// The provider let them not in, or they turned back.
  DENIED,
  /// What came back is not what was asked for.
  FAILED,
  /// The provider does not answer as it should.
  UNREACHABLE;

  /// The name in metrics and in the page's address: `denied`.
  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
