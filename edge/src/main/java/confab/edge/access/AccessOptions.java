package confab.edge.access;

import confab.access.TokenKeys;
import confab.access.TokenVerifier;
import confab.edge.access.AccessConfig.Issuer;
import confab.edge.access.AccessConfig.KeySet;
import confab.edge.access.AccessConfig.Links;
import confab.edge.login.LoginOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options about who may enter.
public final class AccessOptions {
  /// As it is written on the command line.
  public enum Auth {
    open,
    token
  }

  @Option(
      names = "--auth",
      paramLabel = "open|token",
      description =
          "Who may enter: whoever knows a room, or who shows a token for it. Default: {default}.")
  Auth auth = Auth.open;

  @Option(
      names = "--token-key",
      paramLabel = "KID=SECRET",
      description =
          "A key by which tokens are signed (HS256), at least 32 characters; KID=NEW,OLD takes"
              + " both; repeatable.")
  List<String> tokenKeys = List.of();

  @Option(
      names = "--token-key-file",
      paramLabel = "FILE",
      description = "A file of such keys, one per line, read again when it changes.")
  @Nullable Path tokenKeyFile;

  @Option(
      names = "--token-jwks",
      paramLabel = "URL|FILE",
      description =
          "The public keys (a JWK set) by which --token-issuer signs tokens: ES256, EdDSA or RS256;"
              + " fetched anew every hour, and a file is read again when it changes.")
  @Nullable String tokenJwks;

  @Option(
      names = "--token-issuer",
      paramLabel = "ISS",
      description = "The iss of all tokens that are signed by a key of --token-jwks.")
  @Nullable String tokenIssuer;

  @Option(
      names = "--token-audience",
      paramLabel = "AUD",
      description =
          "What the aud of a token of --token-issuer has to name; then one without aud is refused."
              + " Default: confab, or no aud at all.")
  @Nullable String tokenAudience;

  @Option(
      names = "--token-leeway",
      paramLabel = "DURATION",
      description = "By how much the clock of whoever makes tokens may differ. Default: {default}.")
  Duration leeway = AccessConfig.OPEN.leeway();

  @Option(
      names = "--revocations-file",
      paramLabel = "FILE",
      description =
          "Keeps, for when no edge runs, what was taken back; each edge has a file of its own.")
  @Nullable Path revocationsFile;

  @Option(
      names = "--token-url",
      paramLabel = "URL",
      description =
          "Where pages ask for a token, with their cookies, and for another before it ends; the"
              + " answer is the token. Default: the login, if there is one.")
  @Nullable URI tokenUrl;

  @Option(
      names = "--link-lifetime",
      paramLabel = "DURATION",
      description = "How long the links of a new room are good. Default: {default}.")
  Duration linkLifetime = Links.USUAL.lifetime();

  @Option(
      names = "--guests",
      arity = "1",
      paramLabel = "true|false",
      description =
          "With --auth token, whether hosts may let others in by a guest link. Default: {default}.")
  boolean guests = Links.USUAL.guests();

  @Mixin LoginOptions login = new LoginOptions();

  /// @throws IllegalArgumentException with one line that says which option is wrong
  public AccessConfig config() {
    TokenKeys keys = keys();
    if (auth == Auth.token
        && keys.isEmpty()
        && tokenKeyFile == null
        && tokenJwks == null
        && login.config().isEmpty()) {
      throw new IllegalArgumentException(
          "--auth token needs a --token-key, --token-key-file, --token-jwks or --oidc-issuer");
    }
    if (tokenUrl != null
        && !(tokenUrl.getHost() != null
            && String.valueOf(tokenUrl.getScheme()).matches("(?i)https?"))) {
      throw new IllegalArgumentException(
          "the value of --token-url has to be like https://example.org/token");
    }
    if (linkLifetime.isZero() || linkLifetime.compareTo(TokenVerifier.LONGEST) > 0) {
      throw new IllegalArgumentException("the value of --link-lifetime has to be 9600h at most");
    }
    return AccessConfig.OPEN.with(
        it -> {
          it.tokensOnly = auth == Auth.token;
          it.keys = keys;
          it.keyFile = Optional.ofNullable(tokenKeyFile);
          it.revocations = Optional.ofNullable(revocationsFile);
          it.issuer = issuer();
          it.leeway = leeway;
          it.login = login.config();
          it.tokenUrl = Optional.ofNullable(tokenUrl);
          it.links = new Links(linkLifetime, guests);
        });
  }

  private TokenKeys keys() {
    try {
      return TokenKeys.parse(tokenKeys);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--token-key: " + e.getMessage(), e);
    }
  }

  /// A provider signs for many by the same keys, so it has to be said which tokens are meant.
  private Optional<Issuer> issuer() {
    if (tokenJwks == null && tokenIssuer == null && tokenAudience == null) {
      return Optional.empty();
    }
    if (tokenAudience != null && (tokenJwks == null || tokenAudience.isBlank())) {
      throw new IllegalArgumentException(
          "--token-audience goes with --token-jwks, and is not empty");
    }
    if (tokenJwks == null || tokenIssuer == null || tokenIssuer.isBlank()) {
      throw new IllegalArgumentException("--token-jwks and --token-issuer go together");
    }
    try {
      return Optional.of(
          new Issuer(tokenIssuer, Optional.ofNullable(tokenAudience), KeySet.parse(tokenJwks)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--token-jwks: " + e.getMessage(), e);
    }
  }
}
