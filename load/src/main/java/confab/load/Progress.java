package confab.load;

import confab.load.measure.Tally;
import confab.terminal.Terminal;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// Says once a second how it goes.
final class Progress {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /// Where nobody watches, progress is a line now and then.
  private static final int SELDOM = 5;

  private final Plan plan;
  private final Terminal terminal;
  private final Attendance attendance;
  private long last = System.nanoTime();

  private int untilLine = SELDOM;

  /// What the frames sent until [#last] amount to.
  private long expectedBefore;

  Progress(Plan plan, Terminal terminal, Attendance attendance) {
    this.plan = plan;
    this.terminal = terminal;
    this.attendance = attendance;
  }

  /// When to call [#tick] again.
  long nanosToNext() {
    return Math.max(1, last + SECOND - System.nanoTime());
  }

  /// Says something if it is time to.
  ///
  /// @param phase of the load
  void tick(String phase, Crowd crowd) {
    long now = System.nanoTime();
    if (now - last < SECOND) {
      return;
    }
    List<Tally.Recent> recent = crowd.ask(worker -> worker.tally().recent());
    show(line(phase, recent, (now - last) / 1e9));
    last = now;
  }

  private void show(String line) {
    if (terminal.isWatched()) {
      terminal.progress(line);
    } else if (--untilLine == 0) {
      terminal.log(line);
      untilLine = SELDOM;
    }
  }

  private String line(String phase, List<Tally.Recent> recent, double seconds) {
    Histogram latency = Tally.newHistogram();
    recent.forEach(each -> latency.add(each.latency()));
    return String.format(
        Locale.ROOT,
        "%s: %d of %d connected, %.0f frames/s sent, %.0f heard, p99 %.1f ms%s",
        phase,
        attendance.present(),
        plan.connections(),
        recent.stream().mapToLong(Tally.Recent::sent).sum() / seconds,
        recent.stream().mapToLong(Tally.Recent::heard).sum() / seconds,
        latency.getValueAtPercentile(99) / 1e3,
        loss(recent));
  }

  /// Of what was sent until a second ago, so that what is on its way does not count; nothing before
  /// the measured time.
  private String loss(List<Tally.Recent> recent) {
    long expected = expectedBefore;
    long sent = recent.stream().mapToLong(Tally.Recent::counted).sum();
    expectedBefore = sent * (plan.participants() - 1);
    if (expected == 0 || plan.loudest() > 0) {
      return "";
    }
    long delivered = recent.stream().mapToLong(Tally.Recent::delivered).sum();
    double missing = Math.max(0, expected - delivered) / (double) expected;
    return String.format(Locale.ROOT, ", %.2f %% missing", 100 * missing);
  }
}
