package confab.edge.guard;

import confab.protocol.figures.Counts;
import confab.protocol.figures.Figure;

/// How often each [HttpRefusal] happened. Thread-safe.
public final class HttpRefusals {
  private final Counts<HttpRefusal> counts = new Counts<>(HttpRefusal.class);

  void count(HttpRefusal what) {
    counts.increment(what);
  }

  @Figure(
      name = "refused",
      by = "limit",
      value = "Connections and requests that the TCP ports refused or ended")
  public long counted(HttpRefusal what) {
    return counts.of(what);
  }
}
