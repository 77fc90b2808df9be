package confab.load.measure;

import confab.load.measure.SequenceTracker.Arrival;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// What one event loop has counted. Only that loop touches it.
public final class Tally {
  /// The longest latency that is recorded; longer ones count as this.
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

  private static final int DIGITS = 3;

  // Of the measured time.
  long framesSent;
  long framesSkipped;
  long delivered;
  long duplicated;
  long reordered;
  public long datagrams;
  final Histogram latency = newHistogram();
  final Histogram lateness = newHistogram();

  // Of all the time; foreign is what is not of the publishers that are listened to.
  public long foreign;
  final Histogram connect = newHistogram();

  // Since the last look.
  private long recentlySent;
  private long recentlyHeard;
  private Histogram recentLatency = newHistogram();

  /// A copy that another thread may read.
  ///
  /// @param latency from when a frame was meant to leave until it was here, in microseconds
  /// @param lateness from when a frame was meant to leave until it did, in microseconds
  /// @param connect from dialling to `Welcome`, in microseconds
  public record Counts(
      long framesSent,
      long framesSkipped,
      long delivered,
      long duplicated,
      long reordered,
      long datagrams,
      long foreign,
      Histogram latency,
      Histogram lateness,
      Histogram connect) {

    /// Of two loops together.
    public Counts plus(Counts other) {
      return new Counts(
          framesSent + other.framesSent,
          framesSkipped + other.framesSkipped,
          delivered + other.delivered,
          duplicated + other.duplicated,
          reordered + other.reordered,
          datagrams + other.datagrams,
          foreign + other.foreign,
          sum(latency, other.latency),
          sum(lateness, other.lateness),
          sum(connect, other.connect));
    }

    private static Histogram sum(Histogram one, Histogram other) {
      Histogram both = one.copy();
      both.add(other);
      return both;
    }
  }

  /// What happened since the last one, and what of the measured time was sent and arrived so far.
  public record Recent(long sent, long heard, long counted, long delivered, Histogram latency) {}

  public static Histogram newHistogram() {
    return new Histogram(LONGEST_MICROS, DIGITS);
  }

  /// A frame has left, or would have if the link had room for it.
  public void sent(boolean counts, long late) {
    recentlySent++;
    if (counts) {
      framesSent++;
      record(lateness, late);
    }
  }

  public void skipped(boolean counts) {
    framesSkipped += counts ? 1 : 0;
  }

  public void heard(long latencyNanos) {
    recentlyHeard++;
    record(recentLatency, latencyNanos);
  }

  /// As [#heard], in the measured time.
  public void counted(Arrival arrival, long latencyNanos) {
    switch (arrival) {
      case IN_ORDER -> delivered++;
      case REORDERED -> {
        delivered++;
        reordered++;
      }
      case DUPLICATE -> duplicated++;
      case FOREIGN -> foreign++;
    }
    if (arrival == Arrival.IN_ORDER || arrival == Arrival.REORDERED) {
      record(latency, latencyNanos);
    }
  }

  public void connected(long nanos) {
    record(connect, nanos);
  }

  /// Clocks of two machines may disagree by more than a frame takes.
  private static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, LONGEST_MICROS));
  }

  public Counts counts() {
    return new Counts(
        framesSent,
        framesSkipped,
        delivered,
        duplicated,
        reordered,
        datagrams,
        foreign,
        latency.copy(),
        lateness.copy(),
        connect.copy());
  }

  public Recent recent() {
    var recent = new Recent(recentlySent, recentlyHeard, framesSent, delivered, recentLatency);
    recentlySent = 0;
    recentlyHeard = 0;
    recentLatency = newHistogram();
    return recent;
  }
}
