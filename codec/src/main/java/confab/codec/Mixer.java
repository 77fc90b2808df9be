package confab.codec;

import java.util.Arrays;

/// Sums the frames of several speakers into one; too loud a sum saturates instead of wrapping.
/// Used by one thread.
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

  /// The frame that was in the making, silence when nobody was added; a new one begins.
  public short[] take() {
    short[] mixed = new short[sums.length];
    for (int i = 0; i < sums.length; i++) {
      mixed[i] = Pcm.saturate(sums[i]);
    }
    Arrays.fill(sums, 0);
    return mixed;
  }
}
