package confab.load;

import confab.load.measure.WallClock;
import io.netty.channel.EventLoop;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Makes the publishers of one event loop speak when they are due. The schedule is absolute, so a
/// late frame does not delay the next ones. Runs on the loop.
final class Pacer {
  private final EventLoop loop;
  private final WallClock clock;

  /// Bound: the publishers of the loop, each once. Put and taken by the loop.
  private final PriorityQueue<Publisher> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Publisher::due));

  private @Nullable ScheduledFuture<?> alarm;
  private long alarmAt;

  Pacer(EventLoop loop, WallClock clock) {
    this.loop = loop;
    this.clock = clock;
  }

  void add(Publisher publisher) {
    publisher.begin(clock.now());
    waiting.add(publisher);
    arm();
  }

  void remove(Publisher publisher) {
    waiting.remove(publisher);
  }

  private void ring() {
    alarm = null;
    long now = clock.now();
    for (Publisher next = waiting.peek();
        next != null && next.due() <= now;
        next = waiting.peek()) {
      waiting.remove();
      next.speak(now);
      waiting.add(next);
    }
    arm();
  }

  private void arm() {
    Publisher next = waiting.peek();
    if (next == null || (alarm != null && alarmAt <= next.due())) {
      return;
    }
    if (alarm != null) {
      alarm.cancel(false);
    }
    alarmAt = next.due();
    alarm = loop.schedule(this::ring, alarmAt - clock.now(), TimeUnit.NANOSECONDS);
  }
}
