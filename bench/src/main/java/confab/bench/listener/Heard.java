package confab.bench.listener;

import java.util.Comparator;
import java.util.List;

/// One frame at a listener.
///
/// @param timestamp of the header, in ticks of 48 kHz
/// @param captured when the speaker made it, by the clock that all share
/// @param arrived by the same clock
public record Heard(int sequence, int timestamp, long captured, long arrived) {
  private static final int TICKS_PER_MILLI = 48;
  private static final int FRAME_TICKS = 20 * TICKS_PER_MILLI;

  /// What comes later than this nobody plays: the page cuts a backlog above 400 ms, too.
  private static final double LATEST_MILLIS = 400;

  public double latencyMillis() {
    return (arrived - captured) / 1e6;
  }

  /// Soon enough to be played.
  public boolean isInTime() {
    return latencyMillis() <= LATEST_MILLIS;
  }

  /// What is missing between the first and the last frame.
  ///
  /// @param longestMillis the longest piece of audio that is missing
  /// @param frames in all
  public record Missing(double longestMillis, int frames) {}

  /// In what order the frames came does not matter, nor does one that came twice.
  public static Missing missing(List<Heard> all) {
    List<Heard> inTime =
        all.stream()
            .filter(Heard::isInTime)
            .sorted(Comparator.comparingInt(Heard::sequence))
            .toList();
    int longest = 0;
    int frames = 0;
    for (int i = 1; i < inTime.size(); i++) {
      Heard before = inTime.get(i - 1);
      Heard after = inTime.get(i);
      longest = Math.max(longest, after.timestamp - before.timestamp - FRAME_TICKS);
      frames += Math.max(0, after.sequence - before.sequence - 1);
    }
    return new Missing((double) longest / TICKS_PER_MILLI, frames);
  }
}
