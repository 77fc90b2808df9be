package confab.participant.token;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tokens of one session: knows by which it was let in. Thread-safe.
public final class Tokens {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final TokenSource source;

  /// The first that was shown, or the last that replaced it. Guarded by this.
  private @Nullable String inUse;

  public Tokens(TokenSource source) {
    this.source = source;
  }

  /// The token to show now; empty for none.
  public String next() throws IOException {
    String token = source.token();
    synchronized (this) {
      inUse = inUse == null ? token : inUse;
    }
    return token;
  }

  /// Asks until there is another token than the one in use, which it takes the place of; empty when
  /// there is none in time.
  public Optional<String> another(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<String> found = replacement();
      if (found.isPresent() || System.nanoTime() - deadline >= 0) {
        return found;
      }
      Thread.sleep(PAUSE);
    }
  }

  private Optional<String> replacement() {
    try {
      String token = next();
      synchronized (this) {
        if (token.isEmpty() || token.equals(inUse)) {
          return Optional.empty();
        }
        inUse = token;
        return Optional.of(token);
      }
    } catch (IOException e) {
      // Whoever gives tokens may be back in time.
      return Optional.empty();
    }
  }
}
