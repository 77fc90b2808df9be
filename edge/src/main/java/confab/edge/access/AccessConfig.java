package confab.edge.access;

import confab.access.TokenKeys;
import confab.access.TokenVerifier;
import confab.access.login.LoginConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Whether somebody who joins has to show a token, how it is checked, and where people have one
/// from. Immutable.
///
/// @param tokensOnly false where whoever knows a room may enter it
/// @param keys those of the command line
/// @param keyFile more of them, read again when it changes
/// @param revocations where what was taken back is kept; empty to forget it with the edge
/// @param issuer whose tokens count besides those by a key
/// @param leeway by which the clock of whoever makes tokens may differ
/// @param login by which people get a token; empty where nobody logs in
/// @param tokenUrl where else pages ask for a token, and for another before it ends
/// @param links what is given to who makes a room
public record AccessConfig(
    boolean tokensOnly,
    TokenKeys keys,
    Optional<Path> keyFile,
    Optional<Path> revocations,
    Optional<Issuer> issuer,
    Duration leeway,
    Optional<LoginConfig> login,
    Optional<URI> tokenUrl,
    Links links) {
  /// Whoever knows a room may enter it.
  public static final AccessConfig OPEN = new Draft().config();

  public static AccessConfig byTokens(TokenKeys keys) {
    return OPEN.with(
        it -> {
          it.tokensOnly = true;
          it.keys = keys;
        });
  }

  /// The same with some other values.
  public AccessConfig with(Consumer<Draft> change) {
    var draft = new Draft();
    draft.tokensOnly = tokensOnly;
    draft.keys = keys;
    draft.keyFile = keyFile;
    draft.revocations = revocations;
    draft.issuer = issuer;
    draft.leeway = leeway;
    draft.login = login;
    draft.tokenUrl = tokenUrl;
    draft.links = links;
    change.accept(draft);
    return draft.config();
  }

  /// The values of a config that is being made; one thread's.
  public static final class Draft {
    public boolean tokensOnly;
    public TokenKeys keys = TokenKeys.NONE;
    public Optional<Path> keyFile = Optional.empty();
    public Optional<Path> revocations = Optional.empty();
    public Optional<Issuer> issuer = Optional.empty();
    public Duration leeway = TokenVerifier.LEEWAY;
    public Optional<LoginConfig> login = Optional.empty();
    public Optional<URI> tokenUrl = Optional.empty();
    public Links links = Links.USUAL;

    AccessConfig config() {
      return new AccessConfig(
          tokensOnly, keys, keyFile, revocations, issuer, leeway, login, tokenUrl, links);
    }
  }

  /// Whether anybody can have a token that grants more than everybody may.
  public boolean takesTokens() {
    return !keys.isEmpty() || keyFile.isPresent() || issuer.isPresent() || login.isPresent();
  }

  /// The links of a room, for its host and for guests.
  ///
  /// @param lifetime how long they are good
  /// @param guests whether somebody may enter by a guest link
  public record Links(Duration lifetime, boolean guests) {
    public static final Links USUAL = new Links(Duration.ofDays(90), true);
  }

  /// Who signs tokens by keys of its own.
  ///
  /// @param name the `iss` of its tokens
  /// @param audience what each of its tokens names in `aud`; empty where a token need not say whom
  ///     it is for
  /// @param keys its JWK set
  public record Issuer(String name, Optional<String> audience, KeySet keys) {
    public Issuer(String name, KeySet keys) {
      this(name, Optional.empty(), keys);
    }
  }

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
