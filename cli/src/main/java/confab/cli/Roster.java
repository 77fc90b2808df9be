package confab.cli;

import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Participant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One participant's picture of its room, built from the events. Written by the thread that
/// receives them, read by any.
final class Roster {
  private final ConcurrentHashMap<Integer, Participant> participants = new ConcurrentHashMap<>();
  private final CountDownLatch settled = new CountDownLatch(1);
  private volatile Event.@Nullable Welcome welcome;

  void note(Event event) {
    switch (event) {
      case Event.Welcome first -> {
        first.participants().forEach(this::put);
        put(first.you());
        welcome = first;
      }
      case Event.Joined(Participant who) -> put(who);
      case Event.Left(int number, CloseReason _) -> participants.remove(number);
      case Event.Updated(Participant who) -> put(who);
      case Event.You(Participant who) -> put(who);
      case Event.Pong _, Event.Refused _, Event.Unknown _, Event.Malformed _ -> {}
    }
  }

  private void put(Participant who) {
    participants.put(who.number(), who);
  }

  /// Ends every wait for the welcome: it was delivered, or it will not come.
  void settle() {
    settled.countDown();
  }

  boolean isSettled() {
    return settled.getCount() == 0;
  }

  /// Whether the welcome came, after waiting for it `millis` at most.
  boolean awaitWelcome(long millis) throws InterruptedException {
    boolean _ = settled.await(millis, TimeUnit.MILLISECONDS);
    return welcome != null;
  }

  Event.Welcome welcome() {
    Event.Welcome first = welcome;
    if (first == null) {
      throw new IllegalStateException("not welcomed yet");
    }
    return first;
  }

  Participant you() {
    return participants.getOrDefault(welcome().you().number(), welcome().you());
  }

  Collection<Participant> everybody() {
    return List.copyOf(participants.values());
  }
}
