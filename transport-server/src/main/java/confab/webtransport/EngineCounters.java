package confab.webtransport;

import java.util.concurrent.atomic.LongAdder;

/// What an engine counts; any thread adds.
final class EngineCounters {
  final LongAdder connections = new LongAdder();
  final LongAdder connectionsClosed = new LongAdder();
  final LongAdder handshakesRefused = new LongAdder();
  final LongAdder requestsRefused = new LongAdder();
  final LongAdder datagramsUnknown = new LongAdder();
  final LongAdder datagramsLost = new LongAdder();
  final LongAdder packetsUnsent = new LongAdder();

  WebTransportStats stats() {
    return new WebTransportStats(
        connections.sum() - connectionsClosed.sum(),
        connections.sum(),
        handshakesRefused.sum(),
        requestsRefused.sum(),
        datagramsUnknown.sum(),
        datagramsLost.sum(),
        packetsUnsent.sum());
  }
}
