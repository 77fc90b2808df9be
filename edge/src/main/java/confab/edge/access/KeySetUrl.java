package confab.edge.access;

import confab.access.PublicKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The JWK set of an issuer, behind an address. Keeps no connection from one time to the next.
///
/// @param limit for all of an answer
record KeySetUrl(URI url, Duration limit) {
  static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
  private static final int MAX_BYTES = 256 * 1024;

  /// Blocks until the answer is there, or until the limit has passed.
  ///
  /// @throws IOException with one line that says why not; it does not have the address
  PublicKeys fetch() throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(url).header("Accept", "application/jwk-set+json, application/json");
    // From TLS it follows no redirect into the clear.
    try (HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      try {
        // The limit of a request does not hold for the body of its answer.
        return keys(
            http.sendAsync(
                request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES)));
      } finally {
        http.shutdownNow();
      }
    }
  }

  private PublicKeys keys(Future<HttpResponse<byte[]>> coming)
      throws IOException, InterruptedException {
    try {
      HttpResponse<byte[]> answer = coming.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (answer.statusCode() != 200) {
        throw new IOException("the answer is " + answer.statusCode());
      }
      return PublicKeys.parse(new String(answer.body(), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    } catch (TimeoutException e) {
      throw new IOException("there is no answer in time", e);
    } catch (ExecutionException e) {
      throw new IOException(why(Objects.requireNonNull(e.getCause())), e);
    }
  }

  private static String why(Throwable cause) {
    return cause instanceof HttpTimeoutException
        ? "there is no answer in time"
        : "it cannot be read (" + cause.getClass().getSimpleName() + ")";
  }
}
