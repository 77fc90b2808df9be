package confab.e2e;

import confab.rig.process.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

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
    return sum("http://127.0.0.1:" + http.getPort(), prefix);
  }

  /// @param url of the edge
  static double sum(String url, String prefix) {
    try {
      double value = Metrics.of(url).value(prefix);
      return Double.isNaN(value) ? 0 : value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
