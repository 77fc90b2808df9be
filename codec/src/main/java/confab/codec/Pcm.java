package confab.codec;

/// The one form of sound in this module: signed 16-bit samples, 48 kHz, mono, in frames of 20 ms.
public final class Pcm {
  public static final int SAMPLE_RATE = 48_000;
  public static final int FRAME_MILLIS = 20;
  public static final int FRAME_SAMPLES = SAMPLE_RATE * FRAME_MILLIS / 1000;

  /// Loudness of digital silence in -dBov.
  static final int SILENCE = 127;

  private static final int VOICE_BIT = 0x80;

  /// A quiet voice is louder than this, the noise of a quiet room is not; in -dBov.
  private static final int VOICE_LOUDER_THAN = 55;

  private Pcm() {}

  /// The level byte of a frame header as in RFC 6464: bits 6-0 loudness in -dBov (0 loudest, 127
  /// silence), bit 7 set when the frame may hold a voice. Loudness alone decides about bit 7, so it
  /// is a hint and no detector.
  public static int level(short[] frame) {
    int loudness = loudness(frame);
    return loudness < VOICE_LOUDER_THAN ? VOICE_BIT | loudness : loudness;
  }

  /// RMS against the overload point of 16-bit samples.
  private static int loudness(short[] frame) {
    double energy = 0;
    for (short sample : frame) {
      energy += (double) sample * sample;
    }
    if (energy == 0) {
      return SILENCE;
    }
    double decibels = 10 * Math.log10(energy / frame.length / (32768.0 * 32768.0));
    return (int) Math.clamp(Math.round(-decibels), 0, SILENCE);
  }

  static short saturate(int sample) {
    return (short) Math.clamp(sample, Short.MIN_VALUE, Short.MAX_VALUE);
  }
}
