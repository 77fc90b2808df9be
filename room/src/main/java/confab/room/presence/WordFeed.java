package confab.room.presence;

import confab.bus.Bus;
import confab.protocol.Event;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is said in a room here, on its way to the other edges: in its order, and after the presence
/// that says who is here, since an edge hears only those whom it knows to be elsewhere. Whoever
/// comes back on another edge speaks before any other edge has heard of it.
///
/// Queue: what is said until presence is told, which is within 50 ms, at most [#CAPACITY]; what
/// comes when there is so much is lost to the other edges, as on a bus without room, and counted.
/// Connections put, under the lock of the room; they take, too, or the thread that tells presence,
/// without it.
public final class WordFeed {
  private static final int CAPACITY = 1_000;

  private final Queue<byte[]> waiting = new LinkedBlockingQueue<>(CAPACITY);
  private final PresenceCounters counters;

  public WordFeed(PresenceCounters counters) {
    this.counters = counters;
  }

  public void put(Event.Word word) {
    if (!waiting.offer(word.toBytes())) {
      counters.wordDropped();
    }
  }

  /// @param way what words go by, or null while presence is to be told first; called by one thread
  ///     at a time, so that presence told by it comes before the words
  public synchronized void send(Supplier<Bus.@Nullable Attachment> way) {
    Bus.Attachment to = way.get();
    while (to != null && !waiting.isEmpty()) {
      Bus.Offer _ = to.publish(Bus.Channel.WORDS, waiting.remove());
    }
  }
}
