package confab.codec;

import java.util.Arrays;

/// Sums the frames of several speakers into one. A sum that is too loud saturates instead of
/// wrapping. Used by one thread.
public final class Mixer {
  private final int[] sums = new int[Pcm.FRAME_SAMPLES];

  /// Adds one speaker to the frame in the making.
  ///
  /// @param frame [Pcm#FRAME_SAMPLES] samples; neither kept nor changed
  public void add(short[] frame) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += frame[i];
    }
  }

  /// Returns the sum of what was added, or silence when nobody was, and begins a new frame.
  public short[] take() {
    short[] mixed = new short[sums.length];
    for (int i = 0; i < sums.length; i++) {
      mixed[i] = Pcm.saturate(sums[i]);
    }
    Arrays.fill(sums, 0);
    return mixed;
  }
}
