package confab.rig.browser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/// A voice that can be told apart by its pitch: harmonics under vowel-like formants, in syllables,
/// so that noise suppression and echo cancellation take it for speech.
public record Voice(double pitchHz) {
  public static final int RATE = 48_000;
  private static final double[][] VOWELS = {{700, 1200}, {400, 2000}, {500, 900}, {300, 2300}};

  /// Mono samples of 16 bits at 48 kHz.
  public short[] speak(double seconds) {
    short[] samples = new short[(int) (seconds * RATE)];
    double[][] gains = Arrays.stream(VOWELS).map(this::gains).toArray(double[][]::new);
    double phase = 0;
    for (int i = 0; i < samples.length; i++) {
      double t = (double) i / RATE;
      double pitch = pitchHz * (1 + 0.01 * Math.sin(2 * Math.PI * 5 * t));
      phase += pitch / RATE;
      double[] gain = gains[(int) (t / 0.3) % gains.length];
      double sum = 0;
      for (int h = 1; h <= gain.length; h++) {
        sum += gain[h - 1] * Math.sin(2 * Math.PI * h * phase);
      }
      samples[i] = (short) (6000 * syllable(t) * Math.tanh(sum));
    }
    return samples;
  }

  /// Of the harmonics below 4 kHz, the lowest first.
  private double[] gains(double[] vowel) {
    return IntStream.rangeClosed(1, (int) (4000 / pitchHz))
        .mapToDouble(h -> formant(h * pitchHz, vowel))
        .toArray();
  }

  private static double formant(double hz, double[] vowel) {
    double gain = 0.15;
    for (double centre : vowel) {
      gain += Math.exp(-Math.pow((hz - centre) / 150, 2));
    }
    return gain / Math.sqrt(hz / 100);
  }

  /// 220 ms on, 80 ms off, with soft edges.
  private static double syllable(double t) {
    double at = t % 0.3;
    return at > 0.22 ? 0 : Math.min(1, Math.min(at, 0.22 - at) / 0.03);
  }

  public Path writeTo(Path file, double seconds) throws IOException {
    return new Sound(speak(seconds), RATE).writeTo(file);
  }
}
