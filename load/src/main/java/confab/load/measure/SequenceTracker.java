package confab.load.measure;

import java.util.Arrays;

/// What one receiver has heard of each publisher of its room, by sequence numbers. It keeps three
/// or four numbers per publisher and allocates nothing for a frame.
public final class SequenceTracker {
  /// What a frame turned out to be.
  public enum Arrival {
    IN_ORDER,
    /// Came after a later one.
    REORDERED,
    /// Was there already, or is too far behind the latest to tell.
    DUPLICATE,
    /// Another participant claims to be the same publisher: another load in the same room.
    FOREIGN
  }

  /// A frame at most this far behind the latest one is told from a duplicate: 64 frames, 1.28 s.
  public static final int REACH = Long.SIZE;

  /// Of one room.
  public static final int MOST_PUBLISHERS = 1024;

  /// Participant numbers are not 0.
  private static final int NOBODY = 0;

  private int[] participant;
  private int[] first;
  private int[] latest;

  /// Bit n: the frame n before the latest has come.
  private long[] seen;

  /// @param publishers how many are expected; more are taken as they come
  public SequenceTracker(int publishers) {
    participant = new int[publishers];
    first = new int[publishers];
    latest = new int[publishers];
    seen = new long[publishers];
  }

  /// @param publisher its index
  /// @param number that of the participant, which is the same for all of a publisher's frames
  public Arrival hear(int publisher, int number, int sequence) {
    if (publisher >= participant.length) {
      if (publisher >= MOST_PUBLISHERS) {
        return Arrival.FOREIGN;
      }
      grow(publisher + 1);
    }
    if (participant[publisher] != number) {
      return begin(publisher, number, sequence);
    }
    int ahead = sequence - latest[publisher];
    if (ahead > 0) {
      seen[publisher] = (ahead < REACH ? seen[publisher] << ahead : 0) | 1;
      latest[publisher] = sequence;
      return Arrival.IN_ORDER;
    }
    return behind(publisher, sequence, -ahead);
  }

  private Arrival begin(int publisher, int number, int sequence) {
    if (participant[publisher] != NOBODY) {
      return Arrival.FOREIGN;
    }
    participant[publisher] = number;
    first[publisher] = sequence;
    latest[publisher] = sequence;
    seen[publisher] = 1;
    return Arrival.IN_ORDER;
  }

  private Arrival behind(int publisher, int sequence, int distance) {
    if (distance >= REACH || (seen[publisher] >>> distance & 1) != 0) {
      return Arrival.DUPLICATE;
    }
    seen[publisher] |= 1L << distance;
    if (sequence - first[publisher] < 0) {
      first[publisher] = sequence;
    }
    return Arrival.REORDERED;
  }

  private void grow(int publishers) {
    participant = Arrays.copyOf(participant, publishers);
    first = Arrays.copyOf(first, publishers);
    latest = Arrays.copyOf(latest, publishers);
    seen = Arrays.copyOf(seen, publishers);
  }

  /// Of how many publishers there is or was room here.
  public int publishers() {
    return participant.length;
  }

  public boolean hasHeard(int publisher) {
    return publisher < participant.length && participant[publisher] != NOBODY;
  }

  /// The lowest sequence heard; only when [#hasHeard].
  public int first(int publisher) {
    return first[publisher];
  }

  /// The highest sequence heard; only when [#hasHeard].
  public int latest(int publisher) {
    return latest[publisher];
  }
}
