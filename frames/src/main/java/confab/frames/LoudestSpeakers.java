package confab.frames;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses whose frames are forwarded in a large room: at most N speakers at a time.
///
/// Whoever begins to speak takes a free place, or that of a speaker who has stopped, with the first
/// frame. While all who have a place speak, a clearly louder speaker may take the place of the
/// quietest, once that one has held it for a while. So nobody flutters in and out.
///
/// Guarded by the [FramePath] that it chooses for.
final class LoudestSpeakers {
  /// A challenger is louder by this much, in dB, than the speaker whose place it takes.
  static final float HYSTERESIS = 6;

  /// The hold time: a place is kept for this long once it is taken, while its holder speaks.
  static final long TENURE_NANOS = 1_000_000_000;

  private final @Nullable Speaker[] places;
  private final long[] takenAt;

  /// @param most how many speak at a time
  LoudestSpeakers(int most) {
    places = new @Nullable Speaker[most];
    takenAt = new long[most];
  }

  /// Whether the frame that `speaker` has just been heard with is forwarded.
  boolean admits(Speaker speaker, long now) {
    int free = -1;
    for (int i = 0; i < places.length; i++) {
      Speaker holder = places[i];
      if (holder == speaker) {
        return true;
      }
      if (holder == null) {
        free = i;
      }
    }
    if (!speaker.isAudible()) {
      return false;
    }
    int place = free >= 0 ? free : speaker.isVoiced() ? placeToTake(speaker, now) : -1;
    if (place < 0) {
      return false;
    }
    places[place] = speaker;
    takenAt[place] = now;
    return true;
  }

  /// The place of the one who has been silent the longest, or else of the quietest that may be
  /// displaced; -1 when there is none.
  private int placeToTake(Speaker challenger, long now) {
    int silent = -1;
    int quiet = -1;
    for (int i = 0; i < places.length; i++) {
      Speaker holder = places[i];
      if (holder == null) {
        continue;
      }
      if (!holder.isSpeaking(now)) {
        silent = silent < 0 || isEarlier(holder, places[silent]) ? i : silent;
      } else if (now - takenAt[i] >= TENURE_NANOS
          && holder.loudness() + HYSTERESIS < challenger.loudness()) {
        quiet = quiet < 0 || isQuieter(holder, places[quiet]) ? i : quiet;
      }
    }
    return silent >= 0 ? silent : quiet;
  }

  private static boolean isEarlier(Speaker speaker, @Nullable Speaker than) {
    return than != null && speaker.voicedAt() - than.voicedAt() < 0;
  }

  private static boolean isQuieter(Speaker speaker, @Nullable Speaker than) {
    return than != null && speaker.loudness() < than.loudness();
  }

  /// Gives up the place of one who has left.
  void forget(int participant) {
    for (int i = 0; i < places.length; i++) {
      Speaker holder = places[i];
      if (holder != null && holder.participant() == participant) {
        places[i] = null;
      }
    }
  }

  /// Who speaks and is forwarded, the one who began last first.
  List<Integer> speaking(long now) {
    List<Speaker> speaking = new ArrayList<>(places.length);
    for (Speaker holder : places) {
      if (holder != null && holder.isSpeaking(now)) {
        speaking.add(holder);
      }
    }
    speaking.sort(Comparator.comparingLong((Speaker each) -> now - each.speakingSince()));
    return speaking.stream().map(Speaker::participant).distinct().toList();
  }
}
