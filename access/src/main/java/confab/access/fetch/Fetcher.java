package confab.access.fetch;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks other servers, and bounds what they cost: time for all of an answer, and its bytes. Keeps
/// no connection from one time to the next. Thread-safe.
///
/// @param limit for all of an answer
public record Fetcher(Duration limit) {
  /// What an edge waits for while somebody waits for it.
  public static final Fetcher USUAL = new Fetcher(Duration.ofSeconds(5));

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
  private static final int MAX_BYTES = 256 * 1024;

  /// Blocks until the answer is there, whatever its status, or until the limit has passed. A
  /// question that changes nothing follows redirects, but not from TLS into the clear.
  ///
  /// @throws IOException with one line that says why there is none; it does not have the address
  public HttpResponse<byte[]> fetch(HttpRequest request) throws IOException, InterruptedException {
    boolean follows = request.method().equals("GET");
    try (HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .followRedirects(follows ? HttpClient.Redirect.NORMAL : HttpClient.Redirect.NEVER)
            .build()) {
      try {
        // The limit of a request does not hold for the body of its answer.
        return await(
            http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES)));
      } finally {
        http.shutdownNow();
      }
    }
  }

  private HttpResponse<byte[]> await(Future<HttpResponse<byte[]>> coming)
      throws IOException, InterruptedException {
    try {
      return coming.get(limit.toNanos(), TimeUnit.NANOSECONDS);
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
