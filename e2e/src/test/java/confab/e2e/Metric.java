package confab.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/// Reads an edge's `/metrics` as Prometheus does.
final class Metric {
  private Metric() {}

  /// The value of the series, such as `confab_sessions{transport="websocket"}`; 0 when it is not
  /// there.
  static double of(InetSocketAddress http, String series) {
    return sum(http, series + " ");
  }

  /// The sum of all series that begin so.
  static double sum(InetSocketAddress http, String prefix) {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.getPort() + "/metrics"));
      return client
          .send(request.build(), BodyHandlers.ofLines())
          .body()
          .filter(line -> line.startsWith(prefix))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
