package confab.participant.token;

import confab.participant.net.Failures;
import confab.participant.net.Http;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Where a session has its token from. It is asked when the session joins, whenever it looks for
/// edges again, and when what it was granted is about to end: on virtual threads, so it may block
/// for some seconds.
@FunctionalInterface
public interface TokenSource {
  /// Where nobody is asked for a token.
  TokenSource NONE = of("");

  /// The token to show now; empty for none.
  ///
  /// @throws IOException with one line for a person, and no token
  String token() throws IOException;

  /// The same token for ever.
  static TokenSource of(String token) {
    String bare = token.strip();
    return () -> bare;
  }

  /// The first line of a file, which is read each time.
  static TokenSource ofFile(Path file) {
    return () -> {
      try {
        return Files.readAllLines(file).stream().findFirst().orElse("").strip();
      } catch (IOException e) {
        throw new IOException("cannot read " + file + " (" + e.getClass().getSimpleName() + ")", e);
      }
    };
  }

  /// What an address answers to `GET`: the token and nothing else. It is asked each time.
  ///
  /// @param url http or https
  /// @param credential shown there as the token of a bearer; empty for none
  /// @param insecure takes any certificate
  static TokenSource ofUrl(URI url, TokenSource credential, boolean insecure) {
    return () -> {
      Http.Answer answer;
      try {
        answer = Http.get(url, credential.token(), insecure, Duration.ofSeconds(5));
      } catch (IOException e) {
        throw new IOException("no token from " + url + " (" + Failures.why(e) + ")", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
      if (answer.status() != 200) {
        throw new IOException("no token from " + url + " (status " + answer.status() + ")");
      }
      return answer.body().strip();
    };
  }
}
