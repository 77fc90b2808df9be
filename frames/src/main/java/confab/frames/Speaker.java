package confab.frames;

import confab.protocol.FrameHeader;

/// One participant's voice as its frames tell: how loud, since when, and when last. Levels are not
/// encrypted, so this works for payloads that are. Guarded by `gather` of its [FramePath].
final class Speaker {
  /// Who has been without voice for so long has stopped speaking; pauses between words are shorter.
  static final long HOLD_NANOS = 500_000_000;

  private static final int VOICE = 0x80;
  private static final int SILENCE = 127;

  /// What comes twice within so many frames, 1.28 s of speech, is recognised.
  private static final int MEMORY = Long.SIZE;

  /// What one voiced frame adds: loudness is that of the last second of speech, pauses aside.
  private static final float SMOOTHING = 0.03f;

  private final int participant;
  private float loudness;
  private boolean voiced;
  private boolean audible;
  private boolean everVoiced;
  private long voicedAt;
  private long speakingSince;
  private long heardAt;

  /// Of what [#isFirst] was asked about: the newest sequence, and the [#MEMORY] before it. Bit n
  /// stands for the frame n before the newest.
  private int newest;

  private long came;

  /// The number of the last round that has a frame of this speaker; owned by the frame path.
  long round;

  /// Which of that round's contributors it is; owned by the frame path.
  int contributor;

  /// Whether it is among the active; owned by the frame path.
  boolean active;

  Speaker(int participant) {
    this.participant = participant;
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
      if (!isSpeaking(now)) {
        speakingSince = now;
      }
      everVoiced = true;
      voicedAt = now;
    }
    heardAt = now;
  }

  /// Whether its latest frame has voice.
  boolean isVoiced() {
    return voiced;
  }

  /// Whether its latest frame has anything to be heard.
  boolean isAudible() {
    return audible;
  }

  boolean isSpeaking(long now) {
    return speaksUntil(now) - now >= 0;
  }

  /// Until when it counts as speaking if no voice follows; before `now` when it does not.
  long speaksUntil(long now) {
    return everVoiced ? voicedAt + HOLD_NANOS : now - 1;
  }

  /// Of its speech, smoothed, in dB above the silence of RFC 6464.
  float loudness() {
    return loudness;
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
