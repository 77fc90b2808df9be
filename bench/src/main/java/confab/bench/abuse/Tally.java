package confab.bench.abuse;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What became of many, by kind. Thread-safe.
final class Tally {
  private final Map<String, Integer> counts = new TreeMap<>(); // guarded by this

  static Tally of(Iterable<HostileSocket> sockets) {
    var tally = new Tally();
    sockets.forEach(each -> tally.add(each.fate()));
    return tally;
  }

  synchronized void add(String kind) {
    counts.merge(kind, 1, Integer::sum);
  }

  synchronized int count(String kind) {
    return counts.getOrDefault(kind, 0);
  }

  synchronized int sum() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public synchronized String toString() {
    return counts.isEmpty()
        ? "–"
        : counts.entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey())
            .collect(Collectors.joining(", "));
  }
}
