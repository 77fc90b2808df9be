package confab.bus;

import java.util.concurrent.atomic.LongAdder;

/// What a [NatsBus] counts, link after link.
final class NatsCounters {
  final LongAdder published = new LongAdder();
  final LongAdder received = new LongAdder();
  final LongAdder droppedOut = new LongAdder();
  final LongAdder droppedIn = new LongAdder();
  final LongAdder disconnects = new LongAdder();

  /// @param dropped what the link that stands has dropped by itself, coming in
  BusStats stats(long dropped) {
    return new BusStats(
        published.sum(),
        received.sum(),
        droppedOut.sum(),
        droppedIn.sum() + dropped,
        disconnects.sum());
  }
}
