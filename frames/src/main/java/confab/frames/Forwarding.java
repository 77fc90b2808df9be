package confab.frames;

import java.time.Duration;

/// How rooms forward the frames of speakers. Immutable; `edge` fills it from its configuration.
///
/// @param loudest how many speakers are forwarded at a time in rooms of `loudestFrom` participants
///     and more; 0 for everyone
/// @param roundWindow how long a frame waits at most for those of others, to travel with them
public record Forwarding(int loudest, int loudestFrom, Duration roundWindow) {
  /// A frame waits at most this long for each other speaker: two who talk wait less than ten.
  static final long PER_SPEAKER_NANOS = 2_000_000;

  /// More connections than this in a room of one edge are a crowd. For a crowd fewer datagrams
  /// matter more than some milliseconds of delay.
  public static final int CROWD = 50;

  public Forwarding {
    if (loudest < 0 || loudestFrom < 1 || roundWindow.isNegative()) {
      throw new IllegalArgumentException("forwarding");
    }
  }

  public static Forwarding defaults() {
    return new Forwarding(5, 8, Duration.ofMillis(20));
  }

  boolean selects(int participants) {
    return loudest > 0 && participants >= loudestFrom;
  }

  /// How long a round stays open at most.
  ///
  /// @param speakers who have been heard in the last moment
  /// @param receivers on this edge
  long windowNanos(int speakers, int receivers) {
    long longest = roundWindow.toNanos();
    boolean wholeWindow = speakers > 1 && receivers > CROWD;
    return wholeWindow ? longest : Math.min(longest, (speakers - 1) * PER_SPEAKER_NANOS);
  }
}
