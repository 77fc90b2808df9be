package confab.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.NullMarked;

/// What an edge says about itself at one moment.
@NullMarked
record Metrics(String text) {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  static Metrics of(EdgeProcess edge) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
      var request =
          HttpRequest.newBuilder(URI.create(edge.url() + "/metrics")).timeout(LIMIT).build();
      return new Metrics(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  /// @param name with its labels, as Prometheus writes it; a prefix sums up all that begin with it
  /// @return NaN when the edge has none of that name
  double value(String name) {
    return text.lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .reduce(Double::sum)
        .orElse(Double.NaN);
  }
}
