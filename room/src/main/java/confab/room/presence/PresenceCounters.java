package confab.room.presence;

import confab.bus.Bus;
import confab.protocol.CloseReason;
import confab.protocol.RoomId;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what happens to presence where it happens. Any thread adds.
public final class PresenceCounters {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceCounters.class);
  private static final long LOG_GAP_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LongAdder statesIn = new LongAdder();
  private final LongAdder statesOut = new LongAdder();
  private final LongAdder statesRefused = new LongAdder();
  private final LongAdder superseded = new LongAdder();
  private final LongAdder displaced = new LongAdder();
  private final LongAdder wordsDropped = new LongAdder();
  private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - LOG_GAP_NANOS);

  public void received(boolean good, RoomId room) {
    (good ? statesIn : statesRefused).increment();
    long last = loggedAt.get();
    long now = System.nanoTime();
    if (!good && now - last >= LOG_GAP_NANOS && loggedAt.compareAndSet(last, now)) {
      LOG.atWarn()
          .addKeyValue("room", room)
          .log("another edge says impossible things of a room; ignored");
    }
  }

  public void told(Bus.Offer offer) {
    if (offer == Bus.Offer.ACCEPTED) {
      statesOut.increment();
    }
  }

  public void fenced(CloseReason reason) {
    if (reason == CloseReason.SUPERSEDED) {
      superseded.increment();
    } else if (reason == CloseReason.INTERNAL_ERROR) {
      displaced.increment();
    }
  }

  void wordDropped() {
    wordsDropped.increment();
  }

  public PresenceStats stats() {
    return new PresenceStats(
        statesIn.sum(),
        statesOut.sum(),
        statesRefused.sum(),
        superseded.sum(),
        displaced.sum(),
        wordsDropped.sum());
  }
}
