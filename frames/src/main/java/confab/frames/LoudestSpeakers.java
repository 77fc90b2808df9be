package confab.frames;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses whose frames are forwarded in a large room: at most N speakers at a time.
///
/// Whoever begins to speak takes a free place, or that of a speaker who has stopped, with the first
/// frame. While all who have a place speak, there are three ways in, so that nobody flutters and
/// nobody is shut out (decision 28):
///
/// - of a party that has more places than its share, the quietest gives way to somebody of another
///   party at once;
/// - a clearly louder speaker takes the place of the quietest, once that one has held it for a
///   while; or at once, if it is the place that this speaker had before a pause;
/// - the quietest, or who is hardly louder and has been there for longer, gives way when it has had
///   its turn, however quiet the one is who has waited longest. That one has a turn then.
///
/// The last two are for those only who have proven to speak: see [Speaker].
///
/// Guarded by the [FramePath] that it chooses for.
final class LoudestSpeakers {
  /// A challenger is louder by this much, in dB, than the speaker whose place it takes.
  static final float HYSTERESIS = 6;

  /// The hold time: a place is kept for this long once it is taken, while its holder speaks.
  static final long TENURE_NANOS = 1_000_000_000;

  /// A small difference, in dB: those who differ by no more have turns one after another.
  private static final float ALIKE = 3;

  /// Who has spoken in vain for so long waits for a turn.
  static final long WAIT_NANOS = 1_000_000_000;

  /// A turn outlasts a pause of so long.
  private static final long TURN_PAUSE_NANOS = 1_500_000_000;

  /// Who has not been refused for so long does not wait any more.
  private static final long LAPSE_NANOS = 5_000_000_000L;

  private final @Nullable Speaker[] places;

  /// Who has lost the place by a pause.
  private final @Nullable Speaker[] paused;

  private final long[] takenAt;
  private final long[] keptUntil;

  /// How many have a place of those who are of the holder's party, the holder included.
  private final int[] ofParty;

  /// How many places are taken, and how often they have changed hands.
  private int held;

  private int changes;

  /// How many places a party may keep while others want them.
  private final int share;

  /// Until when it counts that somebody was refused a place.
  private long wantedUntil;

  private boolean wanted;

  /// Who has waited longest.
  private @Nullable Speaker next;

  /// @param most how many speak at a time
  LoudestSpeakers(int most) {
    places = new @Nullable Speaker[most];
    paused = new @Nullable Speaker[most];
    takenAt = new long[most];
    keptUntil = new long[most];
    ofParty = new int[most];
    share = Math.max(1, 2 * most / 5);
  }

  /// Begins to choose, in a room that has become large: those who speak there have a turn first,
  /// whoever has come to make it large.
  void begin(long now) {
    Arrays.fill(takenAt, now);
    Arrays.fill(keptUntil, now + Speaker.TURN_NANOS);
  }

  /// Takes in who speaks in a room where everybody is forwarded, so that nobody has to give way.
  void note(Speaker speaker, long now) {
    speaker.spend(false, now);
    int place = isHolder(speaker) || !speaker.isVoiced() ? -1 : unused(now);
    if (place >= 0) {
      take(place, speaker, now);
    }
  }

  private boolean isHolder(Speaker speaker) {
    for (Speaker holder : places) {
      if (holder == speaker) {
        return true;
      }
    }
    return false;
  }

  /// Whether the frame that `speaker` has just been heard with is forwarded.
  boolean admits(Speaker speaker, long now) {
    boolean holds = isHolder(speaker);
    speaker.spend(holds && wanted && wantedUntil - now > 0, now);
    if (holds) {
      return true;
    }
    if (!speaker.isAudible()) {
      return false;
    }
    int place = speaker.isVoiced() ? unused(now) : free();
    return place >= 0
        ? take(place, speaker, now)
        : speaker.isVoiced() && !speaker.isDoubted() && displaces(speaker, now);
  }

  /// Who has waited for the place has a turn there.
  private boolean take(int place, Speaker speaker, long now) {
    if (!hasTurn(speaker, now) && isWaiting(speaker, now)) {
      speaker.hasTurn = true;
      speaker.turnUntil = now + Speaker.TURN_NANOS;
    }
    long kept = speaker.hasTurn ? speaker.turnUntil - now : 0;
    Speaker holder = places[place];
    paused[place] = holder != null && !holder.isSpeaking(now) ? holder : null;
    places[place] = speaker;
    takenAt[place] = now;
    keptUntil[place] = now + Math.max(kept, TENURE_NANOS);
    speaker.waiting = false;
    countParties();
    return true;
  }

  private int free() {
    if (held == places.length) {
      return -1;
    }
    for (int i = places.length - 1; i >= 0; i--) {
      if (places[i] == null) {
        return i;
      }
    }
    return -1;
  }

  /// A free place, or that of the one who has been silent the longest; -1 when all speak.
  private int unused(long now) {
    int unused = free();
    if (unused >= 0) {
      return unused;
    }
    for (int i = 0; i < places.length; i++) {
      Speaker holder = places[i];
      if (holder != null && !holder.isSpeaking(now) && !pausesInItsTurn(holder, now)) {
        unused = unused < 0 || isEarlier(holder, places[unused]) ? i : unused;
      }
    }
    return unused;
  }

  private static boolean isEarlier(Speaker speaker, @Nullable Speaker than) {
    return than != null && speaker.voicedAt() - than.voicedAt() < 0;
  }

  /// Gives `challenger` the place of one who speaks, if one is to give way.
  private boolean displaces(Speaker challenger, long now) {
    int own = placesOfPartyAsking(challenger);
    // Alone with itself, a party needs no bound.
    boolean full = own >= share && own < places.length;
    float loudness = challenger.loudness();
    int crowding = -1;
    int quieter = -1;
    int quietest = -1;
    for (int i = 0; i < places.length; i++) {
      Speaker holder = places[i];
      boolean crowds = ofParty[i] > share;
      boolean other = (full || crowds) && holder != null && !holder.isOfPartyOf(challenger);
      if (holder == null || (full && other)) {
        continue;
      }
      if (crowds && other) {
        crowding = quieter(i, crowding, 0);
      }
      boolean kept = now - keptUntil[i] < 0 && paused[i] != challenger;
      if (!kept && holder.loudness() + HYSTERESIS < loudness) {
        quieter = quieter(i, quieter, 0);
      }
      quietest = quieter(i, quietest, ALIKE);
    }
    if (crowding >= 0) {
      return take(crowding, challenger, now);
    }
    if (!challenger.isProven()) {
      return false;
    }
    if (quieter >= 0) {
      return take(quieter, challenger, now);
    }
    boolean itsTurn = hasTurn(challenger, now) || hasWaited(challenger, full, now);
    return itsTurn
        && quietest >= 0
        && now - keptUntil[quietest] >= 0
        && hasHadItsTurn(quietest)
        && take(quietest, challenger, now);
  }

  private boolean hasHadItsTurn(int place) {
    Speaker holder = places[place];
    return holder != null && holder.hasHadItsTurn();
  }

  private static boolean pausesInItsTurn(Speaker holder, long now) {
    return now - holder.voicedAt() < TURN_PAUSE_NANOS && hasTurn(holder, now);
  }

  /// Whether the turn is not over that `speaker` has waited for.
  private static boolean hasTurn(Speaker speaker, long now) {
    speaker.hasTurn &= speaker.turnUntil - now > 0;
    return speaker.hasTurn;
  }

  private int placesOfPartyOf(Speaker speaker) {
    int count = 0;
    for (Speaker holder : places) {
      count += holder != null && holder.isOfPartyOf(speaker) ? 1 : 0;
    }
    return count;
  }

  /// Counted anew when places have changed hands.
  private int placesOfPartyAsking(Speaker speaker) {
    if (speaker.countedAt != changes) {
      speaker.countedAt = changes;
      speaker.partyPlaces = placesOfPartyOf(speaker);
    }
    return speaker.partyPlaces;
  }

  private void countParties() {
    changes++;
    held = 0;
    for (int i = 0; i < places.length; i++) {
      Speaker holder = places[i];
      ofParty[i] = holder == null ? 0 : placesOfPartyOf(holder);
      held += holder == null ? 0 : 1;
    }
  }

  /// Which of two holders is quieter; of those alike, who has had the place for longer.
  ///
  /// @param other -1 when there is none yet
  /// @param alike up to which difference they are
  private int quieter(int place, int other, float alike) {
    Speaker one = places[place];
    Speaker another = other < 0 ? null : places[other];
    if (one == null || another == null) {
      return place;
    }
    float difference = one.loudness() - another.loudness();
    boolean longer = takenAt[place] - takenAt[other] < 0;
    return difference < -alike || (difference <= alike && longer) ? place : other;
  }

  /// Notes that one who speaks has been refused, and tells whether it is the next to have a turn.
  ///
  /// @param full whether it may take a place of its own party only; so it keeps nobody waiting
  private boolean hasWaited(Speaker speaker, boolean full, long now) {
    if (!isWaiting(speaker, now)) {
      speaker.waiting = true;
      speaker.waitingSince = now;
    }
    speaker.refusedAt = now;
    wanted = true;
    wantedUntil = now + WAIT_NANOS;
    boolean first = full || isNext(speaker, now);
    return first && now - speaker.waitingSince >= WAIT_NANOS;
  }

  private static boolean isWaiting(Speaker speaker, long now) {
    return speaker.waiting && now - speaker.refusedAt <= LAPSE_NANOS;
  }

  private boolean isNext(Speaker speaker, long now) {
    Speaker before = next;
    if (before == null
        || !before.waiting
        || !before.isSpeaking(now)
        || speaker.waitingSince - before.waitingSince < 0) {
      next = speaker;
    }
    return next == speaker;
  }

  /// Gives up the place of one who has left.
  void forget(int participant) {
    for (int i = 0; i < places.length; i++) {
      Speaker holder = places[i];
      if (holder != null && holder.participant() == participant) {
        places[i] = null;
      }
      Speaker before = paused[i];
      if (before != null && before.participant() == participant) {
        paused[i] = null;
      }
    }
    countParties();
    if (next != null && next.participant() == participant) {
      next = null;
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
