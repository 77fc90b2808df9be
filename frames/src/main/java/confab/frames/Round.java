package confab.frames;

import confab.protocol.FrameHeader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The frames of one room that travel together: ideally one of each who speaks. Gathered in place;
/// what is sent is copied once for all who only listen, and once for each who speaks, without its
/// own frames.
///
/// Bound: one bundle's bytes. Guarded by its [FramePath], which puts and takes.
final class Round {
  private static final int MAX_FRAMES = FrameHeader.MAX_BUNDLE_BYTES / (FrameHeader.BYTES + 1);

  private final byte[] bytes = new byte[FrameHeader.MAX_BUNDLE_BYTES];
  private final int[] ends = new int[MAX_FRAMES];
  private final @Nullable Speaker[] speakers = new @Nullable Speaker[MAX_FRAMES];
  private int frames;
  private int contributors;
  private long openedAt;

  /// Counts the rounds; see [Speaker#round].
  private long number = 1;

  private @Nullable Bundle shared;

  boolean isEmpty() {
    return frames == 0;
  }

  /// Speakers with a frame in this round.
  int contributors() {
    return contributors;
  }

  long openedAt() {
    return openedAt;
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
    if (frames == 0) {
      openedAt = now;
    }
    int start = length();
    System.arraycopy(source, offset, bytes, start, length);
    ends[frames] = start + length;
    speakers[frames] = speaker;
    frames++;
    if (speaker.round != number) {
      speaker.round = number;
      contributors++;
    }
  }

  /// What `participant` is sent of this round; null when that is nothing.
  ///
  /// @param most how many speakers its connection carries
  @Nullable Bundle bundleFor(int participant, int most, long now) {
    int own = framesOf(participant);
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
    for (int i = 0; i < frames; i++) {
      if (FrameHeader.participant(bytes, start(i)) == participant) {
        count++;
      }
    }
    return count;
  }

  private int start(int frame) {
    return frame == 0 ? 0 : ends[frame - 1];
  }

  private Bundle select(int participant, int most, long now) {
    int length = 0;
    for (int i = 0; i < frames; i++) {
      length += isFor(participant, most, i, now) ? ends[i] - start(i) : 0;
    }
    byte[] selected = new byte[length];
    int count = 0;
    int end = 0;
    for (int i = 0; i < frames; i++) {
      if (isFor(participant, most, i, now)) {
        int frame = ends[i] - start(i);
        System.arraycopy(bytes, start(i), selected, end, frame);
        end += frame;
        count++;
      }
    }
    return new Bundle(selected, count);
  }

  private boolean isFor(int participant, int most, int frame, long now) {
    Speaker speaker = speakers[frame];
    return speaker != null
        && speaker.participant() != participant
        && (contributors <= most || precedence(speaker, participant, now) < most);
  }

  /// How many of this round, the receiver itself aside, go before `speaker`.
  private int precedence(Speaker speaker, int participant, long now) {
    int before = 0;
    for (int i = 0; i < frames; i++) {
      Speaker other = speakers[i];
      if (other != null
          && other != speaker
          && other.participant() != participant
          && isFirstFrame(i, other)
          && other.precedes(speaker, now)) {
        before++;
      }
    }
    return before;
  }

  private boolean isFirstFrame(int frame, Speaker speaker) {
    for (int i = 0; i < frame; i++) {
      if (speakers[i] == speaker) {
        return false;
      }
    }
    return true;
  }

  /// The next round begins.
  void clear() {
    Arrays.fill(speakers, 0, frames, null);
    frames = 0;
    contributors = 0;
    shared = null;
    number++;
  }
}
