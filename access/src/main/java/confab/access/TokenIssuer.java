package confab.access;

import java.util.Optional;
import java.util.function.Function;

/// Who makes tokens and signs them by keys of its own, of which others know the public halves.
///
/// @param name the `iss` of all of its tokens
/// @param audience what each of its tokens names in `aud`; empty where a token need not say whom it
///     is for, and names `confab` if it does
/// @param keys those that count now, asked for each token with the id of the key that it names. May
///     block while they are fetched
public record TokenIssuer(
    String name, Optional<String> audience, Function<String, PublicKeys> keys) {
  /// One whose tokens need not say whom they are for.
  public TokenIssuer(String name, Function<String, PublicKeys> keys) {
    this(name, Optional.empty(), keys);
  }
}
