package confab.participant.token;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The tokens of one session: knows by which it was let in. Thread-safe.
public final class Tokens {
  /// No edge takes others, and what is longer would end the connection.
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/=-]{0,4000}");

  private final TokenSource source;

  /// The first that was shown. Guarded by this.
  private @Nullable String first;

  public Tokens(TokenSource source) {
    this.source = source;
  }

  /// The token to show now; empty for none.
  ///
  /// @throws IOException with one line for a person, also when what there is cannot be a token
  public String next() throws IOException {
    String token = source.token();
    if (!FORM.matcher(token).matches()) {
      throw new IOException("what is given as a token is none");
    }
    synchronized (this) {
      first = first == null ? token : first;
    }
    return token;
  }

  /// A token to go on with; empty while there is none but that by which the session was let in.
  public Optional<String> later() {
    try {
      String token = next();
      synchronized (this) {
        return token.isEmpty() || token.equals(first) ? Optional.empty() : Optional.of(token);
      }
    } catch (IOException e) {
      // Whoever gives tokens may be back in time.
      return Optional.empty();
    }
  }
}
