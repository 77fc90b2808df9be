package confab.access;

import java.util.function.Function;

/// Who makes tokens and signs them by keys of its own, of which others know the public halves.
///
/// @param name the `iss` of all of its tokens
/// @param keys those that count now, asked for each token with the id of the key that it names. May
///     block while they are fetched
public record TokenIssuer(String name, Function<String, PublicKeys> keys) {}
