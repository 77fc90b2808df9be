package confab.bench.load;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/// What `./confab load --json` reports.
///
/// @param seconds of measured time
/// @param selfLimited the tool itself stood in the way
record LoadReport(
    double seconds,
    long expected,
    long delivered,
    long datagrams,
    Percentiles latency,
    double cpuSeconds,
    boolean selfLimited) {

  /// In milliseconds.
  record Percentiles(double p50, double p99, double max) {
    private static Percentiles of(JsonObject json) {
      return new Percentiles(
          json.get("p50").getAsDouble(),
          json.get("p99").getAsDouble(),
          json.get("max").getAsDouble());
    }
  }

  static LoadReport parse(String text) {
    JsonObject json = JsonParser.parseString(text).getAsJsonObject();
    return new LoadReport(
        json.get("seconds").getAsDouble(),
        json.get("expected").getAsLong(),
        json.get("delivered").getAsLong(),
        json.get("datagrams").getAsLong(),
        Percentiles.of(json.getAsJsonObject("latency_ms")),
        json.get("cpu_seconds").getAsDouble(),
        json.has("self_limited") && json.get("self_limited").getAsBoolean());
  }

  double deliveredPercent() {
    return 100.0 * delivered / expected;
  }

  double framesPerDatagram() {
    return (double) delivered / datagrams;
  }

  /// That of the tool.
  double cores() {
    return cpuSeconds / seconds;
  }
}
