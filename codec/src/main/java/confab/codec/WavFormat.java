package confab.codec;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What the `fmt ` chunk of a WAV file says. Only formats that can be played become an instance.
///
/// @param bytesPerSample 1 to 4, or 8 for floating point
record WavFormat(boolean floating, int channels, int rate, int bytesPerSample) {
  private static final int PCM = 1;
  private static final int FLOAT = 3;
  private static final int EXTENSIBLE = 0xfffe;
  private static final int MAX_CHANNELS = 64;
  private static final int MIN_RATE = 1_000;
  private static final int MAX_RATE = 768_000;

  int bytesPerFrame() {
    return channels * bytesPerSample;
  }

  /// @param chunk little-endian, from its first byte on
  /// @return null when this is a kind of sound that cannot be played
  static @Nullable WavFormat parse(ByteBuffer chunk) {
    if (chunk.remaining() < 16) {
      return null;
    }
    int tag = chunk.getShort(0) & 0xffff;
    int channels = chunk.getShort(2) & 0xffff;
    int rate = chunk.getInt(4);
    int bits = chunk.getShort(14) & 0xffff;
    if (tag == EXTENSIBLE && chunk.remaining() >= 40) {
      // The first two bytes of the sub-format's GUID are the tag proper.
      tag = chunk.getShort(24) & 0xffff;
    }
    boolean known =
        switch (tag) {
          case PCM -> bits == 8 || bits == 16 || bits == 24 || bits == 32;
          case FLOAT -> bits == 32 || bits == 64;
          default -> false;
        };
    boolean sane = channels > 0 && channels <= MAX_CHANNELS && rate >= MIN_RATE && rate <= MAX_RATE;
    return known && sane ? new WavFormat(tag == FLOAT, channels, rate, bits / 8) : null;
  }

  /// All channels of the frame at `offset` averaged; full scale is 1. A file of floats may hold
  /// what is no number: that is silence.
  ///
  /// @param bytes little-endian
  float mono(ByteBuffer bytes, int offset) {
    double sum = 0;
    for (int channel = 0; channel < channels; channel++) {
      sum += sample(bytes, offset + channel * bytesPerSample);
    }
    double mean = sum / channels;
    return Double.isFinite(mean) ? (float) Math.clamp(mean, -1.0, 1.0) : 0;
  }

  private double sample(ByteBuffer bytes, int at) {
    if (floating) {
      return bytesPerSample == 4 ? bytes.getFloat(at) : bytes.getDouble(at);
    }
    return switch (bytesPerSample) {
      case 1 -> ((bytes.get(at) & 0xff) - 128) / 128.0;
      case 2 -> bytes.getShort(at) / 32768.0;
      case 3 -> (bytes.getShort(at + 1) << 8 | bytes.get(at) & 0xff) / 8388608.0;
      default -> bytes.getInt(at) / 2147483648.0;
    };
  }
}
