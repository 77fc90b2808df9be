package confab.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// What the `fmt ` chunk of a WAV file says. Only formats that can be played become an instance.
///
/// @param coding how a sample is written
/// @param sampleBytes from one sample to the next: 1 to 4, or 8 for floating point. A sample of
///     fewer bits stands in its upper bits
/// @param speakers the mask of `dwChannelMask`, a bit for each channel; 0 when it is not said
record WavFormat(Coding coding, int channels, int rate, int sampleBytes, int speakers) {
  enum Coding {
    PCM,
    FLOAT,
    A_LAW,
    MU_LAW
  }

  private static final int EXTENSIBLE = 0xfffe;
  private static final int MIN_BYTES = 16;
  private static final int EXTENSIBLE_BYTES = 40;
  private static final int MAX_CHANNELS = 64;
  private static final int MIN_RATE = 1_000;
  private static final int MAX_RATE = 768_000;

  /// Behind the two bytes of the tag in the sub-format's GUID.
  private static final byte[] GUID_OF_TAGS = {
    0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71
  };

  int frameBytes() {
    return channels * sampleBytes;
  }

  /// @param chunk little-endian, from its first byte on
  /// @throws IllegalArgumentException why this is a kind of sound that cannot be played
  static WavFormat parse(ByteBuffer chunk) {
    if (chunk.remaining() < MIN_BYTES) {
      throw new IllegalArgumentException("its format chunk is too short");
    }
    int tag = chunk.getShort(0) & 0xffff;
    int channels = chunk.getShort(2) & 0xffff;
    int rate = chunk.getInt(4);
    int frameBytes = chunk.getShort(12) & 0xffff;
    int bits = chunk.getShort(14) & 0xffff;
    int speakers = 0;
    if (tag == EXTENSIBLE && chunk.remaining() >= EXTENSIBLE_BYTES) {
      speakers = chunk.getInt(20);
      tag = tagOfGuid(chunk);
    }
    check(channels > 0, "it has no channels");
    check(channels <= MAX_CHANNELS, "it has %d channels, more than 64".formatted(channels));
    check(
        rate >= MIN_RATE && rate <= MAX_RATE,
        "it has %s samples a second".formatted(Integer.toUnsignedString(rate)));
    Coding coding = coding(tag);
    int sampleBytes = frameBytes / channels;
    check(
        isKnown(coding, bits, sampleBytes) && frameBytes % channels == 0,
        "it has samples of %d bits in %d bytes".formatted(bits, sampleBytes));
    return new WavFormat(coding, channels, rate, sampleBytes, speakers);
  }

  private static int tagOfGuid(ByteBuffer chunk) {
    byte[] rest = new byte[GUID_OF_TAGS.length];
    chunk.get(26, rest);
    check(Arrays.equals(rest, GUID_OF_TAGS), "it has a sub-format of its maker's own");
    return chunk.getShort(24) & 0xffff;
  }

  private static Coding coding(int tag) {
    return switch (tag) {
      case 1 -> Coding.PCM;
      case 3 -> Coding.FLOAT;
      case 6 -> Coding.A_LAW;
      case 7 -> Coding.MU_LAW;
      case 2, 0x11 -> throw new IllegalArgumentException("it holds ADPCM");
      case 0x50, 0x55 -> throw new IllegalArgumentException("it holds MPEG audio");
      default -> throw new IllegalArgumentException("it holds sound of kind 0x%04x".formatted(tag));
    };
  }

  private static boolean isKnown(Coding coding, int bits, int sampleBytes) {
    boolean fits = bits <= 8 * sampleBytes;
    return switch (coding) {
      case PCM -> bits >= 1 && fits && sampleBytes <= 4;
      case FLOAT -> fits && ((bits == 32 && sampleBytes == 4) || (bits == 64 && sampleBytes == 8));
      case A_LAW, MU_LAW -> bits == 8 && sampleBytes == 1;
    };
  }

  private static void check(boolean right, String wrong) {
    if (!right) {
      throw new IllegalArgumentException(wrong);
    }
  }

  /// One sample; full scale is 1. What is no number is silence.
  ///
  /// @param bytes little-endian
  float sample(ByteBuffer bytes, int at) {
    return switch (coding) {
      case PCM -> pcm(bytes, at);
      case FLOAT -> number(sampleBytes == 4 ? bytes.getFloat(at) : bytes.getDouble(at));
      case A_LAW -> aLaw(bytes.get(at)) / 32768f;
      case MU_LAW -> muLaw(bytes.get(at)) / 32768f;
    };
  }

  private float pcm(ByteBuffer bytes, int at) {
    return switch (sampleBytes) {
      case 1 -> ((bytes.get(at) & 0xff) - 128) / 128f;
      case 2 -> bytes.getShort(at) / 32768f;
      case 3 -> (bytes.getShort(at + 1) << 8 | bytes.get(at) & 0xff) / 8388608f;
      default -> (float) (bytes.getInt(at) / 2147483648.0);
    };
  }

  private static float number(double value) {
    return Double.isFinite(value) ? (float) value : 0;
  }

  /// ITU-T G.711: sign, three bits of exponent, four of mantissa, every other bit turned.
  private static int aLaw(byte coded) {
    int bits = coded ^ 0x55;
    int exponent = bits >> 4 & 7;
    int mantissa = (bits & 0xf) << 4 | 8;
    int magnitude = exponent == 0 ? mantissa : (mantissa | 0x100) << exponent - 1;
    return (bits & 0x80) != 0 ? magnitude : -magnitude;
  }

  /// ITU-T G.711: likewise, all bits turned, and biased by 132.
  private static int muLaw(byte coded) {
    int bits = ~coded & 0xff;
    int magnitude = (((bits & 0xf) << 3 | 0x84) << (bits >> 4 & 7)) - 0x84;
    return (bits & 0x80) != 0 ? -magnitude : magnitude;
  }
}
