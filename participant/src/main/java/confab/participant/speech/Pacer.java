package confab.participant.speech;

import confab.codec.Pcm;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// An absolute schedule of one frame every 20 ms: a late wake-up shortens the next wait, so nothing
/// drifts. Used by one thread.
final class Pacer {
  /// Time, which tests turn by hand.
  interface Clock {
    long nanos();

    void sleep(long nanos);

    Clock SYSTEM =
        new Clock() {
          @Override
          public long nanos() {
            return System.nanoTime();
          }

          @Override
          public void sleep(long nanos) {
            LockSupport.parkNanos(nanos);
          }
        };
  }

  private static final long FRAME = Duration.ofMillis(Pcm.FRAME_MILLIS).toNanos();

  /// Catching up goes at most at four times the normal pace.
  private static final long SHORTEST_WAIT = FRAME / 2;

  private final Clock clock;
  private final int mostAtOnce;
  private final long mostBehind;
  private final long start;
  private long lastWake;
  private long frames;

  /// @param mostAtOnce frames after one wait
  /// @param mostBehind frames that may be caught up; what is more is skipped
  Pacer(Clock clock, int mostAtOnce, long mostBehind) {
    this.clock = clock;
    this.mostAtOnce = mostAtOnce;
    this.mostBehind = mostBehind;
    start = clock.nanos();
    lastWake = start - FRAME;
  }

  /// For what others hear: late frames follow in pairs, and what is late by more than half a second
  /// is not made up for.
  static Pacer speaking() {
    return new Pacer(Clock.SYSTEM, 2, 25);
  }

  /// For what is written to a file: every frame of the time that has gone by.
  static Pacer listening() {
    return new Pacer(Clock.SYSTEM, Integer.MAX_VALUE, Long.MAX_VALUE);
  }

  /// Waits until a frame is due.
  ///
  /// @return how many are, 1 at least
  int await() {
    long earliest = Math.max(start + frames * FRAME, lastWake + SHORTEST_WAIT);
    for (long now = clock.nanos(); now < earliest; now = clock.nanos()) {
      clock.sleep(earliest - now);
    }
    lastWake = clock.nanos();
    long due = (lastWake - start) / FRAME + 1 - frames;
    if (due > mostBehind) {
      frames += due - 1;
      due = 1;
    }
    int now = (int) Math.min(due, mostAtOnce);
    frames += now;
    return now;
  }

  /// Frames of the schedule so far, those skipped included.
  long position() {
    return frames;
  }
}
