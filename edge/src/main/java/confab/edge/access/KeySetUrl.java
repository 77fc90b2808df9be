package confab.edge.access;

import confab.access.PublicKeys;
import confab.access.fetch.Fetcher;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/// The JWK set of an issuer, behind an address.
record KeySetUrl(URI url, Fetcher fetcher) {
  /// Blocks until the answer is there, or until the limit has passed.
  ///
  /// @throws IOException with one line that says why not; it does not have the address
  PublicKeys fetch() throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        fetcher.fetch(
            HttpRequest.newBuilder(url)
                .header("Accept", "application/jwk-set+json, application/json")
                .build());
    if (answer.statusCode() != 200) {
      throw new IOException("the answer is " + answer.statusCode());
    }
    try {
      return PublicKeys.parse(new String(answer.body(), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
