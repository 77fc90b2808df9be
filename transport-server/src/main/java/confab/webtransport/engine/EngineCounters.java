package confab.webtransport.engine;

import java.util.concurrent.atomic.LongAdder;

/// What an engine counts; any thread adds.
public final class EngineCounters {
  public final LongAdder connections = new LongAdder();
  public final LongAdder connectionsClosed = new LongAdder();
  public final LongAdder handshakesRefused = new LongAdder();
  public final LongAdder handshakesAsked = new LongAdder();
  public final LongAdder handshakesMalformed = new LongAdder();
  public final LongAdder requestsRefused = new LongAdder();
  public final LongAdder datagramsUnknown = new LongAdder();
  public final LongAdder datagramsLost = new LongAdder();
  public final LongAdder packetsUnsent = new LongAdder();
  public final LongAdder packetsHeldBack = new LongAdder();
}
