package confab.frames;

import confab.protocol.FrameHeader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The frames of one room that travel together: ideally one of each who speaks. Gathered in place;
/// what is sent is copied once for all who only listen, and once for each who speaks, without its
/// own frames.
///
/// Bound: one bundle's bytes. Owned by its [FramePath]: guarded by `gather` while it is
/// open and by `deliver` from then on. What it must know of speakers to choose among them it notes
/// while it gathers, since they go on speaking.
final class Round {
  private static final int MAX_FRAMES = FrameHeader.MAX_BUNDLE_BYTES / (FrameHeader.BYTES + 1);

  private final byte[] bytes = new byte[FrameHeader.MAX_BUNDLE_BYTES];
  private int frames;

  // By frame.
  private final int[] ends = new int[MAX_FRAMES];
  private final int[] contributorOf = new int[MAX_FRAMES];

  // By contributor, which is a speaker with a frame in this round.
  private final int[] participants = new int[MAX_FRAMES];
  private final int[] framesOf = new int[MAX_FRAMES];
  private final long[] speaksUntil = new long[MAX_FRAMES];
  private final long[] speakingSince = new long[MAX_FRAMES];
  private final int[] ranks = new int[MAX_FRAMES];
  private int contributors;

  /// A bit for each contributor, by its number: whoever has none set is not one.
  private long marks;

  private boolean ranked;
  private long number;
  private @Nullable Bundle shared;

  /// Begins anew.
  ///
  /// @param roundNumber of this room, from 1; see [Speaker#round]
  void begin(long roundNumber) {
    number = roundNumber;
    frames = 0;
    contributors = 0;
    marks = 0;
    ranked = false;
    shared = null;
  }

  boolean isEmpty() {
    return frames == 0;
  }

  /// Speakers with a frame in this round.
  int contributors() {
    return contributors;
  }

  boolean has(Speaker speaker) {
    return speaker.round == number;
  }

  boolean hasRoomFor(int length) {
    return length() + length <= bytes.length;
  }

  private int length() {
    return frames == 0 ? 0 : ends[frames - 1];
  }

  void add(Speaker speaker, byte[] source, int offset, int length, long now) {
    int start = length();
    System.arraycopy(source, offset, bytes, start, length);
    ends[frames] = start + length;
    int contributor = contributor(speaker);
    contributorOf[frames] = contributor;
    framesOf[contributor]++;
    speaksUntil[contributor] = speaker.speaksUntil(now);
    speakingSince[contributor] = speaker.speakingSince();
    frames++;
  }

  private int contributor(Speaker speaker) {
    if (speaker.round != number) {
      speaker.round = number;
      speaker.contributor = contributors++;
      participants[speaker.contributor] = speaker.participant();
      framesOf[speaker.contributor] = 0;
      marks |= 1L << speaker.participant();
    }
    return speaker.contributor;
  }

  /// What `participant` is sent of this round; null when that is nothing.
  ///
  /// @param most how many speakers its link carries
  @Nullable Bundle bundleFor(int participant, int most, long now) {
    int own = (marks & 1L << participant) == 0 ? 0 : framesOf(participant);
    if (own == frames) {
      return null;
    }
    if (own > 0 || contributors > most) {
      return select(participant, most, now);
    }
    Bundle all = shared;
    if (all == null) {
      all = new Bundle(Arrays.copyOf(bytes, length()), frames);
      shared = all;
    }
    return all;
  }

  private int framesOf(int participant) {
    int count = 0;
    for (int i = 0; i < contributors; i++) {
      count += participants[i] == participant ? framesOf[i] : 0;
    }
    return count;
  }

  private Bundle select(int participant, int most, long now) {
    if (contributors > most) {
      rank(now);
    }
    int length = 0;
    for (int i = 0; i < frames; i++) {
      length += isFor(participant, most, i) ? length(i) : 0;
    }
    byte[] selected = new byte[length];
    int count = 0;
    int end = 0;
    for (int i = 0; i < frames; i++) {
      if (isFor(participant, most, i)) {
        System.arraycopy(bytes, ends[i] - length(i), selected, end, length(i));
        end += length(i);
        count++;
      }
    }
    return new Bundle(selected, count);
  }

  private int length(int frame) {
    return frame == 0 ? ends[0] : ends[frame] - ends[frame - 1];
  }

  private boolean isFor(int participant, int most, int frame) {
    int contributor = contributorOf[frame];
    return participants[contributor] != participant
        && (contributors <= most
            || ranks[contributor] - ownBefore(contributor, participant) < most);
  }

  /// How many of those who go before `contributor` are the receiver itself.
  private int ownBefore(int contributor, int participant) {
    int before = 0;
    for (int i = 0; i < contributors; i++) {
      before += participants[i] == participant && ranks[i] < ranks[contributor] ? 1 : 0;
    }
    return before;
  }

  /// How many go before each contributor; reckoned when the first receiver needs it.
  private void rank(long now) {
    if (ranked) {
      return;
    }
    ranked = true;
    Arrays.fill(ranks, 0, contributors, 0);
    for (int i = 0; i < contributors; i++) {
      for (int j = 0; j < i; j++) {
        ranks[precedes(i, j, now) ? j : i]++;
      }
    }
  }

  /// Whether one goes first where not all can be sent: who speaks before who does not, who began
  /// earlier before who cut in, so that the order stays while they speak.
  private boolean precedes(int one, int other, long now) {
    boolean speaking = speaksUntil[one] - now >= 0;
    if (speaking != (speaksUntil[other] - now >= 0)) {
      return speaking;
    }
    return speakingSince[one] != speakingSince[other]
        ? speakingSince[one] - speakingSince[other] < 0
        : Integer.compareUnsigned(participants[one], participants[other]) < 0;
  }
}
