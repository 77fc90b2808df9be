package confab.load;

import confab.protocol.Frame;
import java.time.Duration;
import java.util.SplittableRandom;

/// When a publisher speaks, and how loud. Turns follow the time of day, so that they fit together
/// when the publishers of a room are in several processes; everything else follows the seed.
final class Voice {
  static final long FRAME = Duration.ofMillis(20).toNanos();

  /// A turn of [Plan.Talk#ALTERNATING].
  private static final long TURN = Duration.ofSeconds(2).toNanos();

  /// Of [Plan.Talk#DTX]: how long people speak and are silent, and how often silence is told.
  private static final long SHORTEST = Duration.ofSeconds(1).toNanos();

  private static final long LONGEST = Duration.ofSeconds(3).toNanos();
  private static final long COMFORT = Duration.ofMillis(400).toNanos();

  /// In -dBov; speech is between some 15 and 35.
  private static final int LOUDEST = 15;

  private static final int QUIETEST = 35;
  private static final int VARIATION = 3;

  private final Plan.Talk talk;
  private final int index;
  private final int publishers;
  private final SplittableRandom random;
  private final int loudness;
  private long due;
  private boolean talking = true;

  /// When talking ends or begins; used by DTX alone.
  private long change;

  /// @param index of the publisher in its room
  /// @param start no frame is due before
  Voice(Plan plan, int room, int index, long start) {
    talk = plan.talk();
    publishers = plan.publishers();
    this.index = index;
    random = new SplittableRandom(plan.seed() * 31 + room * 65_537L + index);
    loudness = random.nextInt(LOUDEST, QUIETEST);
    due = start + random.nextLong(FRAME);
    switch (talk) {
      case ALWAYS -> {}
      case ALTERNATING -> awaitTurn();
      case DTX -> {
        talking = random.nextBoolean();
        change = due + someSeconds();
      }
    }
  }

  /// When the next frame is to leave.
  long due() {
    return due;
  }

  /// What the header of the frame that is due says, as in RFC 6464.
  int level() {
    return talking
        ? Frame.VOICE | loudness + random.nextInt(-VARIATION, VARIATION + 1)
        : Frame.SILENCE;
  }

  /// Goes on to the next frame.
  void advance() {
    switch (talk) {
      case ALWAYS -> due += FRAME;
      case ALTERNATING -> {
        due += FRAME;
        awaitTurn();
      }
      case DTX -> {
        due += talking ? FRAME : Math.min(COMFORT, toGrid(change - due));
        if (due >= change) {
          talking = !talking;
          change = due + someSeconds();
        }
      }
    }
  }

  private void awaitTurn() {
    long turn = due / TURN;
    int turnsToWait = Math.floorMod(index - turn, publishers);
    if (turnsToWait > 0) {
      due += toGrid((turn + turnsToWait) * TURN - due);
    }
  }

  /// The same, or the next longer time that is a number of frames.
  private static long toGrid(long time) {
    return Math.ceilDiv(time, FRAME) * FRAME;
  }

  private long someSeconds() {
    return random.nextLong(SHORTEST, LONGEST);
  }
}
