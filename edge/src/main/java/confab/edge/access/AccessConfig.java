package confab.edge.access;

import confab.access.TokenKeys;
import confab.access.TokenVerifier;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Whether somebody who joins has to show a token, and how it is checked. Immutable.
///
/// @param tokensOnly false where whoever knows a room may enter it
/// @param keys those of the command line
/// @param keyFile more of them, read again when it changes
/// @param revocations where what was taken back is kept; empty to forget it with the edge
/// @param issuer whose tokens count besides those by a key
/// @param leeway by which the clock of whoever makes tokens may differ
public record AccessConfig(
    boolean tokensOnly,
    TokenKeys keys,
    Optional<Path> keyFile,
    Optional<Path> revocations,
    Optional<Issuer> issuer,
    Duration leeway) {
  /// Whoever knows a room may enter it.
  public static final AccessConfig OPEN =
      new AccessConfig(
          false,
          TokenKeys.NONE,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          TokenVerifier.LEEWAY);

  public static AccessConfig byTokens(TokenKeys keys) {
    return new AccessConfig(true, keys, OPEN.keyFile, OPEN.revocations, OPEN.issuer, OPEN.leeway);
  }

  public AccessConfig withKeyFile(Path file) {
    return new AccessConfig(tokensOnly, keys, Optional.of(file), revocations, issuer, leeway);
  }

  public AccessConfig withRevocations(Path file) {
    return new AccessConfig(tokensOnly, keys, keyFile, Optional.of(file), issuer, leeway);
  }

  public AccessConfig withIssuer(Issuer newIssuer) {
    return new AccessConfig(tokensOnly, keys, keyFile, revocations, Optional.of(newIssuer), leeway);
  }

  public AccessConfig withLeeway(Duration newLeeway) {
    return new AccessConfig(tokensOnly, keys, keyFile, revocations, issuer, newLeeway);
  }

  /// Who signs tokens by keys of its own.
  ///
  /// @param name the `iss` of its tokens
  /// @param keys its JWK set
  public record Issuer(String name, KeySet keys) {}

  /// Where a JWK set is.
  public sealed interface KeySet {
    record AtUrl(URI url) implements KeySet {}

    record InFile(Path file) implements KeySet {}

    /// @throws IllegalArgumentException with what is wrong, when it is an address that cannot be
    static KeySet parse(String text) {
      if (!text.matches("(?i)https?:.*")) {
        return new InFile(Path.of(text));
      }
      URI url = URI.create(text);
      if (url.getHost() == null || url.getRawUserInfo() != null) {
        throw new IllegalArgumentException(
            "an address has to be like https://host/keys, with no password in it");
      }
      return new AtUrl(url);
    }
  }
}
