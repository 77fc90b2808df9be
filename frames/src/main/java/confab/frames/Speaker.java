package confab.frames;

import confab.protocol.FrameHeader;

/// One participant's voice as its frames tell: how loud, since when, and when last. Levels are not
/// encrypted, so this works for payloads that are. Guarded by `gather` of its [FramePath].
///
/// A level is only a claim. Frames are what it costs to make it: a pause is bridged in proportion
/// to the voiced frames before it, so few frames make no speech, however loud they say they are.
final class Speaker {
  /// Who has been without voice for so long has stopped speaking; pauses between words are shorter.
  static final long HOLD_NANOS = 500_000_000;

  /// The time that one voiced frame stands for. A frame has 60 ms at most and some are lost, so
  /// that ten a second are speech, and fewer are not.
  static final long WORTH_NANOS = 100_000_000;

  /// Who has spoken for so long has proven to.
  static final long PROOF_NANOS = 300_000_000;

  /// Who stops earlier, the last pause included, has not sent as much as the shortest word.
  private static final long WORD_NANOS = HOLD_NANOS + WORTH_NANOS;

  /// Nobody speaks louder than this for a second, in dB above silence: -20 dBov.
  static final float LOUDEST = 107;

  /// A turn: what anybody may speak while others wait. After that loudness counts for less, by 1 dB
  /// a second.
  static final long TURN_NANOS = 10_000_000_000L;

  private static final float LESS_PER_NANO = 1e-9f;

  /// At most 8 dB less: a lecturer is still louder than those who murmur.
  private static final long MOST_SPENT_NANOS = TURN_NANOS + 8_000_000_000L;

  private static final int VOICE = 0x80;
  private static final int SILENCE = 127;

  /// What comes twice within so many frames, 1.28 s of speech, is recognised.
  private static final int MEMORY = Long.SIZE;

  /// What one voiced frame adds: loudness is that of the last second of speech, pauses aside.
  private static final float SMOOTHING = 0.03f;

  /// What the speech of a speaker has shown so far.
  private enum Standing {
    /// Nothing yet.
    NEW,
    /// Its latest speech that had the time to be one was one.
    PROVEN,
    /// Its latest speech was too little to be one.
    DOUBTED
  }

  private final int participant;
  private final Object party;
  private Standing standing = Standing.NEW;
  private float loudness;
  private boolean voiced;
  private boolean audible;
  private boolean everVoiced;
  private long voicedAt;
  private long speaksUntil;
  private long speakingSince;
  private long heardAt;

  /// Of what [#isFirst] was asked about: the newest sequence, and the [#MEMORY] before it. Bit n
  /// stands for the frame n before the newest.
  private int newest;

  private long came;

  /// How long it has had a place while others waited for one, less twice the time without.
  private long spent;

  private long spentAt;

  /// The loudness that counts.
  private float weighed;

  /// Since when it has been refused a place, as long as it goes on asking; owned by
  /// [LoudestSpeakers].
  long waitingSince;

  long refusedAt;
  boolean waiting;

  /// When the turn ends that it has waited for; owned by [LoudestSpeakers].
  long turnUntil;

  boolean hasTurn;

  /// How many of its party have a place, and as of which change of places; owned by
  /// [LoudestSpeakers].
  int partyPlaces;

  int countedAt;

  /// The number of the last round that has a frame of this speaker; owned by the frame path.
  long round;

  /// Which of that round's contributors it is; owned by the frame path.
  int contributor;

  /// Whether it is among the active; owned by the frame path.
  boolean active;

  /// One who shares its party with nobody.
  Speaker(int participant) {
    this(participant, new Object());
  }

  /// @param party equal for those who may be one person, such as all of one network address
  Speaker(int participant, Object party) {
    this.participant = participant;
    this.party = party;
  }

  boolean isOfPartyOf(Speaker other) {
    return party.equals(other.party);
  }

  int participant() {
    return participant;
  }

  /// Whether a frame of this sequence comes for the first time. A sequence far from the others is
  /// that of somebody who has begun anew.
  boolean isFirst(int sequence) {
    int ahead = sequence - newest;
    if (came == 0 || ahead >= MEMORY || ahead <= -MEMORY) {
      newest = sequence;
      came = 1;
      return true;
    }
    if (ahead > 0) {
      newest = sequence;
      came = came << ahead | 1;
      return true;
    }
    long bit = 1L << -ahead;
    boolean first = (came & bit) == 0;
    came |= bit;
    return first;
  }

  /// Takes in the level of a frame (RFC 6464 section 3).
  void hear(byte[] bytes, int offset, long now) {
    int level = FrameHeader.level(bytes, offset);
    int loud = SILENCE - (level & SILENCE);
    voiced = (level & VOICE) != 0;
    audible = voiced || loud > 0;
    if (voiced) {
      loudness = everVoiced ? loudness + (loud - loudness) * SMOOTHING : loud;
      noteVoice(now);
    }
    heardAt = now;
  }

  private void noteVoice(long now) {
    if (!everVoiced || speaksUntil - now < 0) {
      if (everVoiced && speaksUntil - speakingSince < WORD_NANOS) {
        standing = Standing.DOUBTED;
      }
      speakingSince = now;
      speaksUntil = now;
    } else if (now - speakingSince >= PROOF_NANOS) {
      standing = Standing.PROVEN;
    }
    long bridged = speaksUntil - now + WORTH_NANOS;
    speaksUntil = now + Math.min(bridged, HOLD_NANOS);
    everVoiced = true;
    voicedAt = now;
  }

  /// Whether its latest frame has voice.
  boolean isVoiced() {
    return voiced;
  }

  /// Whether its latest frame has anything to be heard.
  boolean isAudible() {
    return audible;
  }

  /// Whether its latest speech was one, or the one before, while this one is new.
  boolean isProven() {
    return standing == Standing.PROVEN;
  }

  /// Whether its latest speech was none. What it claims counts again once it has spoken for
  /// [#PROOF_NANOS].
  boolean isDoubted() {
    return standing == Standing.DOUBTED;
  }

  boolean isSpeaking(long now) {
    return speaksUntil(now) - now >= 0;
  }

  /// Until when it counts as speaking if no voice follows; before `now` when it does not.
  long speaksUntil(long now) {
    return everVoiced && !isDoubted() ? speaksUntil : now - 1;
  }

  /// Notes that time has passed; called after each frame that was heard.
  ///
  /// @param contested whether it has a place for which others wait
  void spend(boolean contested, long now) {
    float less = 0;
    if (contested || spent > 0) {
      long passed = Math.max(0, now - spentAt);
      long spentNow = contested ? spent + Math.min(passed, HOLD_NANOS) : spent - 2 * passed;
      spent = Math.clamp(spentNow, 0, MOST_SPENT_NANOS);
      less = Math.max(0, spent - TURN_NANOS) * LESS_PER_NANO;
    }
    spentAt = now;
    weighed = Math.min(LOUDEST, loudness) - less;
  }

  boolean hasHadItsTurn() {
    return spent >= TURN_NANOS;
  }

  /// Of its speech when time last passed, smoothed, in dB above the silence of RFC 6464; less for
  /// who has had its turn.
  float loudness() {
    return weighed;
  }

  long voicedAt() {
    return voicedAt;
  }

  long speakingSince() {
    return speakingSince;
  }

  long heardAt() {
    return heardAt;
  }
}
