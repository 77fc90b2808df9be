package confab.bench.abuse;

import confab.bench.suite.Rooms;
import confab.bench.suite.Series;
import confab.participant.JoinException;
import confab.participant.Session;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// People who come beside an attack, one after another over either transport, and go again.
final class Joins {
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final String url;
  private final String room = Rooms.fresh();
  private final Thread thread = Thread.ofPlatform().daemon().name("joins").unstarted(this::run);
  private volatile boolean over;

  // Owned by the thread, and then by who has seen it end.
  private final List<Double> seconds = new ArrayList<>();
  private final Tally failed = new Tally();

  /// @param seconds that each took, failed ones included
  /// @param failed by the error
  record Seen(Series seconds, Tally failed) {}

  private Joins(String url) {
    this.url = url;
  }

  static Joins start(String url) {
    var joins = new Joins(url);
    joins.thread.start();
    return joins;
  }

  private void run() {
    for (int count = 0; !over; count++) {
      var transport = Call.TRANSPORTS.get(count % Call.TRANSPORTS.size());
      var config = new SessionConfig(url, room, "visitor", transport);
      long start = System.nanoTime();
      try (Session _ = Session.join(config, new SessionListener() {})) {
        seconds.add((System.nanoTime() - start) / 1e9);
      } catch (JoinException e) {
        seconds.add((System.nanoTime() - start) / 1e9);
        failed.add(transport.label() + " " + e.error() + " (" + e.getMessage() + ")");
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /// Waits for who is about to come.
  Seen stop() throws InterruptedException {
    over = true;
    thread.join();
    return new Seen(Series.of(seconds), failed);
  }
}
