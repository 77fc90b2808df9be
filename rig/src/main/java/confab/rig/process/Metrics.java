package confab.rig.process;

import confab.rig.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// What an edge says about itself at one moment.
public record Metrics(String text) {
  /// @param url of the edge's API
  public static Metrics of(String url) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(Patience.LIMIT).build()) {
      var request =
          HttpRequest.newBuilder(URI.create(url + "/metrics")).timeout(Patience.LIMIT).build();
      return new Metrics(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  public static Metrics of(EdgeProcess edge) throws IOException, InterruptedException {
    return of(edge.url());
  }

  /// @param name with its labels, as Prometheus writes it; a prefix sums up all that begin with it
  /// @return NaN when the edge has none of that name
  public double value(String name) {
    return text.lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .reduce(Double::sum)
        .orElse(Double.NaN);
  }
}
