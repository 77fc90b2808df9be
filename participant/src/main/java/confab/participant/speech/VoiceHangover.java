package confab.participant.speech;

import confab.protocol.Frame;

/// Keeps the voice bit of levels (RFC 6464) set for 200 ms after the last voice: edges choose
/// speakers by it, and speech pauses between syllables. Used by one thread.
final class VoiceHangover {
  static final int FRAMES = 10;

  private int left;

  /// @param level of the next frame
  int applyTo(int level) {
    if ((level & Frame.VOICE) != 0) {
      left = FRAMES;
      return level;
    }
    if (left == 0) {
      return level;
    }
    left--;
    return level | Frame.VOICE;
  }
}
