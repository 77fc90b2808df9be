package confab.edge.guard;

import confab.protocol.figures.Figure;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// How often each [HttpRefusal] happened. Thread-safe.
public final class HttpRefusals {
  private final Map<HttpRefusal, LongAdder> counts = new EnumMap<>(HttpRefusal.class);

  public HttpRefusals() {
    for (HttpRefusal each : HttpRefusal.values()) {
      counts.put(each, new LongAdder());
    }
  }

  void count(HttpRefusal what) {
    Objects.requireNonNull(counts.get(what)).increment();
  }

  @Figure(
      name = "refused",
      by = "limit",
      value = "Connections and requests that the TCP ports refused or ended")
  public long counted(HttpRefusal what) {
    return Objects.requireNonNull(counts.get(what)).sum();
  }
}
