package confab.edge.access;

import confab.access.PublicKeys;
import confab.access.TokenIssuer;
import confab.access.TokenKeys;
import confab.access.TokenVerifier;
import confab.access.fetch.Fetcher;
import confab.edge.access.AccessConfig.Issuer;
import confab.edge.access.AccessConfig.KeySet;
import confab.protocol.figures.Counts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Where the keys come from by which tokens are checked: the command line, files that may change,
/// and the JWK set of an issuer.
final class KeySources {
  private KeySources() {}

  /// @param ofEdges by which edges sign tokens themselves
  /// @param fetches counts what becomes of fetching a JWK set
  /// @throws IOException with one line that says which file of keys is wrong, and how
  static TokenVerifier verifier(
      AccessConfig config, TokenKeys ofEdges, Counts<KeySetCache.Outcome> fetches)
      throws IOException {
    return new TokenVerifier(
        keys(config, ofEdges), issuer(config, fetches), config.leeway(), InstantSource.system());
  }

  private static Supplier<TokenKeys> keys(AccessConfig config, TokenKeys ofEdges)
      throws IOException {
    TokenKeys given = config.keys().and(ofEdges);
    if (config.keyFile().isEmpty()) {
      return () -> given;
    }
    var file = watched("--token-key-file", config.keyFile().get(), TokenKeys::read);
    return () -> given.and(file.get());
  }

  private static Optional<TokenIssuer> issuer(
      AccessConfig config, Counts<KeySetCache.Outcome> fetches) throws IOException {
    if (config.issuer().isEmpty()) {
      return Optional.empty();
    }
    Issuer issuer = config.issuer().get();
    return Optional.of(
        new TokenIssuer(issuer.name(), issuer.audience(), publicKeys(issuer.keys(), fetches)));
  }

  private static Function<String, PublicKeys> publicKeys(
      KeySet set, Counts<KeySetCache.Outcome> fetches) throws IOException {
    return switch (set) {
      case KeySet.AtUrl(URI url) ->
          new KeySetCache(new KeySetUrl(url, Fetcher.USUAL)::fetch, fetches, System::nanoTime);
      case KeySet.InFile(Path file) -> {
        var keys = watched("--token-jwks", file, PublicKeys::read);
        yield _ -> keys.get();
      }
    };
  }

  private static <T> WatchedFile<T> watched(String option, Path file, WatchedFile.Reader<T> reader)
      throws IOException {
    try {
      return new WatchedFile<>(file, reader, System::nanoTime);
    } catch (IOException e) {
      throw new IOException(option + ": " + e.getMessage(), e);
    }
  }
}
