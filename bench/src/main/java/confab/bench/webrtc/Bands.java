package confab.bench.webrtc;

/// How loud a short piece of sound is in each of 24 bands, which are as wide as the ear's (mel
/// scale, 80 to 7,600 Hz).
final class Bands {
  private static final int COUNT = 24;
  private static final double LOWEST_HZ = 80;
  private static final double HIGHEST_HZ = 7_600;

  private final int length;
  private final double[] window;

  /// By line of the spectrum, then by sample.
  private final double[][] cosines;

  private final double[][] sines;

  /// The band of each line; -1 for none.
  private final int[] bandOf;

  /// @param length of every piece, in samples
  Bands(int length, int rate) {
    this.length = length;
    window = new double[length];
    for (int i = 0; i < length; i++) {
      window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / length);
    }
    int lines = (int) (HIGHEST_HZ * length / rate) + 1;
    cosines = new double[lines][length];
    sines = new double[lines][length];
    bandOf = new int[lines];
    for (int line = 0; line < lines; line++) {
      bandOf[line] = band((double) line * rate / length);
      for (int i = 0; i < length; i++) {
        double angle = 2 * Math.PI * line * i / length;
        cosines[line][i] = Math.cos(angle);
        sines[line][i] = Math.sin(angle);
      }
    }
  }

  private static int band(double hz) {
    double place = (mel(hz) - mel(LOWEST_HZ)) / (mel(HIGHEST_HZ) - mel(LOWEST_HZ));
    return place < 0 || place >= 1 ? -1 : (int) (place * COUNT);
  }

  private static double mel(double hz) {
    return 2595 * Math.log10(1 + hz / 700);
  }

  /// @param gain by which the samples are multiplied
  double[] decibels(short[] samples, int from, double gain) {
    double[] energy = new double[COUNT];
    for (int line = 0; line < bandOf.length; line++) {
      if (bandOf[line] < 0) {
        continue;
      }
      double real = 0;
      double imaginary = 0;
      for (int i = 0; i < length; i++) {
        double sample = samples[from + i] * window[i];
        real += sample * cosines[line][i];
        imaginary += sample * sines[line][i];
      }
      energy[bandOf[line]] += gain * gain * (real * real + imaginary * imaginary);
    }
    double[] decibels = new double[COUNT];
    for (int band = 0; band < COUNT; band++) {
      decibels[band] = 10 * Math.log10(energy[band] + 1);
    }
    return decibels;
  }
}
