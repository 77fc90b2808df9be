package confab.edge.access;

import confab.access.TokenKeys;
import confab.access.TokenVerifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Whether somebody who joins has to show a token, and how it is checked. Immutable.
///
/// @param tokensOnly false where whoever knows a room may enter it
/// @param keys those of the command line
/// @param keyFile more of them, read again when it changes
/// @param revocations where what was taken back is kept; empty to forget it with the edge
/// @param leeway by which the clock of whoever makes tokens may differ
public record AccessConfig(
    boolean tokensOnly,
    TokenKeys keys,
    Optional<Path> keyFile,
    Optional<Path> revocations,
    Duration leeway) {
  /// Whoever knows a room may enter it.
  public static final AccessConfig OPEN =
      new AccessConfig(
          false, TokenKeys.NONE, Optional.empty(), Optional.empty(), TokenVerifier.LEEWAY);

  public static AccessConfig byTokens(TokenKeys keys) {
    return new AccessConfig(true, keys, Optional.empty(), Optional.empty(), OPEN.leeway);
  }
}
