package confab.load;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/// Renders a report for people, as a table, and for programs, as JSON.
final class Rendering {
  private Rendering() {}

  /// One object on one line; the names are what scripts rely on.
  static String json(Report report) {
    var json = new JsonObject();
    json.addProperty("transport", report.plan().transport().label());
    json.addProperty("seconds", rounded(report.seconds()));
    json.addProperty("connections", report.connections());
    json.addProperty("disconnected", report.disconnected());
    json.addProperty("frames_sent", report.counts().framesSent());
    json.addProperty("expected", report.expected());
    json.addProperty("delivered", report.counts().delivered());
    json.addProperty("lost", report.lost());
    json.addProperty("duplicated", report.counts().duplicated());
    json.addProperty("reordered", report.counts().reordered());
    json.addProperty("datagrams", report.counts().datagrams());
    json.add("latency_ms", percentiles(report.counts().latency(), 50, 90, 99, 99.9));
    json.add("connect_ms", percentiles(report.counts().connect(), 50, 99));
    json.addProperty("cpu_seconds", rounded(report.cpuSeconds()));
    json.addProperty("self_limited", !report.limits().isEmpty());
    return new Gson().toJson(json);
  }

  /// Named `p50` and so on, 99.9 `p999`.
  private static JsonObject percentiles(Histogram histogram, double... percents) {
    var json = new JsonObject();
    for (double each : percents) {
      String name = "p" + String.valueOf(each).replaceAll("\\.0$|\\.", "");
      json.addProperty(name, rounded(Report.percentile(histogram, each)));
    }
    json.addProperty("max", rounded(Report.max(histogram)));
    return json;
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /// Some lines, without an end of line after the last.
  static String table(Report report) {
    Plan plan = report.plan();
    return String.join(
        System.lineSeparator(),
        line(
            "load",
            "%d x (%d publishers + %d listeners) over %s, measured for %.1f s",
            plan.rooms(),
            plan.publishers(),
            plan.listeners(),
            plan.transport().label(),
            report.seconds()),
        line("connections", "%d of %d", report.connections(), plan.connections()),
        line("frames sent", "%d", report.counts().framesSent()),
        line("expected", "%d", report.expected()),
        line(
            "delivered",
            "%d in %d datagrams",
            report.counts().delivered(),
            report.counts().datagrams()),
        line("lost", "%d (%.3f %%)", report.lost(), 100 * report.loss()),
        line("duplicated", "%d", report.counts().duplicated()),
        line("reordered", "%d", report.counts().reordered()),
        line("latency, ms", "%s", spread(report.counts().latency())),
        line("connect, ms", "%s", spread(report.counts().connect())),
        line("own CPU", "%.2f s, %.1f us per frame", report.cpuSeconds(), cpuPerFrame(report)));
  }

  private static String line(String name, String form, Object... values) {
    return String.format(Locale.ROOT, "%-13s", name) + String.format(Locale.ROOT, form, values);
  }

  private static String spread(Histogram histogram) {
    return String.format(
        Locale.ROOT,
        "p50 %.1f, p90 %.1f, p99 %.1f, p99.9 %.1f, max %.1f",
        Report.percentile(histogram, 50),
        Report.percentile(histogram, 90),
        Report.percentile(histogram, 99),
        Report.percentile(histogram, 99.9),
        Report.max(histogram));
  }

  private static double cpuPerFrame(Report report) {
    return report.counts().delivered() == 0
        ? 0
        : report.cpuSeconds() * 1e6 / report.counts().delivered();
  }
}
