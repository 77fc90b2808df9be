package confab.bench.abuse;

import confab.bench.abuse.Attack.Outcome;
import confab.bench.suite.Engine;
import confab.bench.suite.Footprint;
import confab.bench.suite.Series;
import java.util.ArrayList;
import java.util.List;

/// What one attack did, and whether that meets the bar.
///
/// @param lostWebTransport by the listener over WebTransport, per mille
/// @param coresBefore and after: of the edge, with the call alone
record Row(
    Engine engine,
    Attacks attack,
    double lostWebTransport,
    double lostWebSocket,
    Joins.Seen joins,
    Footprint before,
    Vitals.Seen during,
    Footprint after,
    double coresBefore,
    double coresAfter,
    Outcome outcome) {
  static final List<String> HEADER =
      List.of(
          "engine",
          "attack",
          "lost over WebTransport, ‰",
          "lost over WebSocket, ‰",
          "joins of others, s: p50 / worst",
          "could not",
          "in use, MB",
          "resident, MB",
          "descriptors",
          "CPU, cores",
          "what became of the attacker",
          "meets the bar");

  private static final double MOST_LOST = 10;
  private static final double LONGEST_JOIN = 2;
  private static final double MOST_KEPT_BYTES = 16e6;
  private static final double MOST_GROWTH_BYTES = 128e6;
  private static final long MOST_KEPT_DESCRIPTORS = 20;

  /// What does not meet the bar; empty when everything does.
  List<String> misses() {
    List<String> misses = new ArrayList<>();
    if (!(Math.max(lostWebTransport, lostWebSocket) < MOST_LOST)) {
      misses.add("loss");
    }
    if (joins.failed().sum() > 0 || !(joins.seconds().worst() < LONGEST_JOIN)) {
      misses.add("joins");
    }
    if (!isBack(before, after)) {
      misses.add("memory");
    }
    if (after.descriptors() - before.descriptors() > MOST_KEPT_DESCRIPTORS) {
      misses.add("descriptors");
    }
    if (!outcome.held()) {
      misses.add("attacker");
    }
    return misses;
  }

  /// Whether the memory of an attack is free again.
  static boolean isBack(Footprint before, Footprint after) {
    return inUse(after) - inUse(before) <= MOST_KEPT_BYTES
        && after.residentBytes() - before.residentBytes() <= MOST_GROWTH_BYTES;
  }

  private static double inUse(Footprint footprint) {
    return footprint.heapBytes() + footprint.directBytes();
  }

  List<String> cells() {
    List<String> misses = misses();
    return List.of(
        engine.label(),
        attack.what,
        Series.render(1, lostWebTransport),
        Series.render(1, lostWebSocket),
        joins.seconds().render(2, new double[] {50}),
        joins.failed().toString(),
        "%.0f → %.0f".formatted(inUse(before) / 1e6, inUse(after) / 1e6),
        "%.0f → %.0f → %.0f"
            .formatted(
                before.residentBytes() / 1e6,
                during.residentBytes() / 1e6,
                after.residentBytes() / 1e6),
        "%d → %d → %d".formatted(before.descriptors(), during.descriptors(), after.descriptors()),
        "%.2f → %.2f → %.2f".formatted(coresBefore, during.cores(), coresAfter),
        outcome.said(),
        misses.isEmpty() ? "yes" : "**no**: " + String.join(", ", misses));
  }

  /// For an attack that could not be measured to its end.
  static List<String> failed(Engine engine, Attacks attack, Exception why) {
    List<String> cells = new ArrayList<>(List.of(engine.label(), attack.what));
    while (cells.size() < HEADER.size() - 2) {
      cells.add("–");
    }
    cells.add("not measured: " + why.getMessage());
    cells.add("**no**");
    return cells;
  }
}
