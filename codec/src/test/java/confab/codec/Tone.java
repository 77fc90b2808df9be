package confab.codec;

/// Sines, and how much of one is in a signal (Goertzel).
final class Tone {
  private Tone() {}

  static short[] sine(double hertz, double amplitude, int samples) {
    short[] tone = new short[samples];
    for (int i = 0; i < samples; i++) {
      tone[i] = (short) Math.round(value(hertz, amplitude, i, Pcm.SAMPLE_RATE) * 32767);
    }
    return tone;
  }

  static double value(double hertz, double amplitude, int index, int rate) {
    return amplitude * Math.sin(2 * Math.PI * hertz * index / rate);
  }

  static short[] frame(short[] samples, int index) {
    short[] frame = new short[Pcm.FRAME_SAMPLES];
    System.arraycopy(samples, index * frame.length, frame, 0, frame.length);
    return frame;
  }

  /// The amplitude, full scale being 1, of a sine of `hertz` between two samples.
  static double amplitude(short[] samples, int from, int to, double hertz) {
    double real = 0;
    double imaginary = 0;
    for (int i = from; i < to; i++) {
      double angle = 2 * Math.PI * hertz * i / Pcm.SAMPLE_RATE;
      // A Hann window keeps a tone out of the neighbouring frequencies.
      double window = 1 - Math.cos(2 * Math.PI * (i - from) / (to - from));
      real += samples[i] * window * Math.cos(angle);
      imaginary += samples[i] * window * Math.sin(angle);
    }
    return 2 * Math.hypot(real, imaginary) / (to - from) / 32768;
  }

  /// RMS of what is left without the sine, which has whole periods between the two samples.
  static double residue(short[] samples, int from, int to, double hertz) {
    double real = 0;
    double imaginary = 0;
    for (int i = from; i < to; i++) {
      double angle = 2 * Math.PI * hertz * i / Pcm.SAMPLE_RATE;
      real += 2 * samples[i] * Math.cos(angle) / (to - from);
      imaginary += 2 * samples[i] * Math.sin(angle) / (to - from);
    }
    double energy = 0;
    for (int i = from; i < to; i++) {
      double angle = 2 * Math.PI * hertz * i / Pcm.SAMPLE_RATE;
      double rest = samples[i] - real * Math.cos(angle) - imaginary * Math.sin(angle);
      energy += rest * rest;
    }
    return Math.sqrt(energy / (to - from)) / 32768;
  }

  static double rms(short[] samples, int from, int to) {
    double energy = 0;
    for (int i = from; i < to; i++) {
      energy += (double) samples[i] * samples[i];
    }
    return Math.sqrt(energy / (to - from)) / 32768;
  }
}
