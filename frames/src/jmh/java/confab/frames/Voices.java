package confab.frames;

import confab.protocol.Frame;

/// Made-up frames, for the benchmarks of the frame path.
final class Voices {
  /// From one frame of a speaker to the next.
  static final long FRAME_NANOS = 20_000_000;

  /// From a speaker's frame to the next speaker's.
  static final long GAP_NANOS = 100_000;

  private static final int PAYLOAD_BYTES = 80;

  private Voices() {}

  /// A voiced frame of 32 kbit/s.
  static byte[] frame(int participant, int level) {
    byte[] payload = new byte[PAYLOAD_BYTES];
    return new Frame(false, Frame.VOICE | level, participant, 1, 960, payload).toBundle();
  }
}
