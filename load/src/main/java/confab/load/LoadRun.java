package confab.load;

import confab.load.link.LoadException;
import confab.load.link.QuicSockets;
import confab.load.measure.Tally;
import confab.load.measure.UdpDrops;
import confab.load.measure.Usage;
import confab.load.measure.WallClock;
import confab.load.measure.Window;
import confab.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One load, from the first connection to the report: ramp, warm-up, measured time, and a second
/// for frames that are late.
final class LoadRun {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration FOR_LATE_FRAMES = Duration.ofSeconds(1);

  /// Fewer connections do with the receive buffers that systems usually grant.
  private static final int MANY = 200;

  private final Plan plan;
  private final Terminal terminal;
  private final WallClock clock = new WallClock();
  private final Window window = new Window();
  private final Attendance attendance = new Attendance();
  private final Progress progress;
  private final CountDownLatch stopped = new CountDownLatch(1);

  LoadRun(Plan plan, Terminal terminal) {
    this.plan = plan;
    this.terminal = terminal;
    progress = new Progress(plan, terminal, attendance);
  }

  /// Ends it early: what has been measured until then is reported. Any thread may call this.
  void stop() {
    stopped.countDown();
  }

  /// Blocks until the end.
  ///
  /// @return null when it was stopped before anything was measured
  /// @throws LoadException when nobody could come, or the edges refuse some
  @Nullable Report run() throws LoadException, InterruptedException {
    try (var crowd = new Crowd(plan, clock, window, attendance)) {
      warnOfSmallBuffers(crowd);
      crowd.come();
      try {
        return areAllThere(crowd) ? measure(crowd) : null;
      } finally {
        crowd.leave();
      }
    }
  }

  /// Waits until everybody has come, or cannot.
  ///
  /// @return false when it was stopped before
  private boolean areAllThere(Crowd crowd) throws LoadException, InterruptedException {
    while (attendance.awaited(plan.connections()) > 0) {
      if (!pass(clock.now() + TICK.toNanos(), "connecting", crowd)) {
        return false;
      }
      String obstacle = attendance.obstacle();
      if (obstacle != null) {
        throw new LoadException(obstacle);
      }
    }
    return true;
  }

  private @Nullable Report measure(Crowd crowd) throws InterruptedException {
    long begin = clock.now() + Plan.WARM_UP.toNanos();
    window.set(begin, begin + plan.measured().toNanos());
    if (!pass(window.begin(), "warming up", crowd)) {
      return null;
    }
    List<Long> threads = crowd.loopThreads();
    UdpDrops drops = crowd.udpDrops();
    Usage before = Usage.now(clock, threads, drops);
    var expectation = new Expectation(plan, crowd);
    int connections = attendance.present();
    if (!pass(window.end(), "measuring", crowd)) {
      window.cut(clock.now());
    }
    Usage after = Usage.now(clock, threads, drops);
    Thread.sleep(FOR_LATE_FRAMES);
    Tally.Counts counts =
        crowd.ask(worker -> worker.tally().counts()).stream()
            .reduce(Tally.Counts::plus)
            .orElseThrow();
    return new Report(
        plan,
        window.seconds(),
        connections,
        attendance.failure(),
        attendance.endings(),
        expectation.frames(),
        counts,
        after.cpuSeconds(before),
        Report.limits(counts, before, after));
  }

  /// Waits until `time` and says meanwhile how it goes.
  ///
  /// @return false when it was stopped before
  private boolean pass(long time, String phase, Crowd crowd) throws InterruptedException {
    for (long left = time - clock.now(); left > 0; left = time - clock.now()) {
      if (stopped.await(Math.min(left, progress.nanosToNext()), TimeUnit.NANOSECONDS)) {
        return false;
      }
      progress.tick(phase, crowd);
    }
    return true;
  }

  private void warnOfSmallBuffers(Crowd crowd) {
    int granted = crowd.receiveBufferBytes();
    if (granted < QuicSockets.RECEIVE_BUFFER_BYTES && plan.connections() >= MANY) {
      terminal.warn(
          "the system grants UDP sockets %d kB to receive, of %d asked for: raise net.core.rmem_max"
              .formatted(granted >> 10, QuicSockets.RECEIVE_BUFFER_BYTES >> 10));
    }
  }
}
