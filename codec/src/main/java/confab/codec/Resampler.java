package confab.codec;

import java.io.IOException;

/// Turns samples of any rate into 48 kHz by convolution with a Kaiser-windowed sinc, whose cut-off
/// lies below the lower of the two Nyquist frequencies. Owned by its [WavReader].
final class Resampler {
  /// Where the samples come from.
  interface Source {
    /// Fills `into` from `offset` on; how many samples came, -1 at the end.
    int read(float[] into, int offset, int length) throws IOException;
  }

  /// Zero crossings of the sinc on either side, and the window's shape: stop band below -90 dB from
  /// the Nyquist frequency on, pass band flat up to 0.88 of it.
  private static final int ZERO_CROSSINGS = 48;

  private static final double KAISER_BETA = 9.0;
  private static final double CUTOFF = 0.94;

  /// Filters between two input samples; what lies between two filters is interpolated.
  private static final int PHASES = 512;

  private final Source source;
  private final int inputRate;
  private final int halfWidth;
  private final float[][] filters;
  private final float[] input;

  /// Index of `input[0]` in the stream; the first `halfWidth` samples before it are silence.
  private long inputStart;

  private int inputLength;
  private long inputEnd = Long.MAX_VALUE;
  private long outputs;

  Resampler(Source source, int inputRate) {
    this.source = source;
    this.inputRate = inputRate;
    double slower = Math.min(1.0, (double) Pcm.SAMPLE_RATE / inputRate);
    // Equal rates need no cut-off: the sinc is then 1 at one sample and 0 at all others.
    double cutoff = inputRate == Pcm.SAMPLE_RATE ? 1 : slower * CUTOFF;
    halfWidth = (int) Math.ceil(ZERO_CROSSINGS / slower);
    filters = new float[PHASES + 1][];
    for (int phase = 0; phase <= PHASES; phase++) {
      filters[phase] = filter((double) phase / PHASES, cutoff);
    }
    input = new float[Math.max(8192, 4 * halfWidth)];
    inputStart = -halfWidth;
    inputLength = halfWidth;
  }

  private float[] filter(double fraction, double cutoff) {
    float[] taps = new float[2 * halfWidth];
    double sum = 0;
    for (int i = 0; i < taps.length; i++) {
      double t = i - halfWidth + 1 - fraction;
      double x = Math.PI * t * cutoff;
      double sinc = x == 0 ? 1 : Math.sin(x) / x;
      taps[i] = (float) (sinc * kaiser(t / halfWidth));
      sum += taps[i];
    }
    for (int i = 0; i < taps.length; i++) {
      taps[i] /= (float) sum;
    }
    return taps;
  }

  private static double kaiser(double x) {
    return Math.abs(x) >= 1 ? 0 : bessel(KAISER_BETA * Math.sqrt(1 - x * x)) / bessel(KAISER_BETA);
  }

  /// The modified Bessel function of order 0.
  private static double bessel(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > sum * 1e-12; k++) {
      term *= x / (2 * k) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }

  /// Fills `out` as far as there is sound; how many samples came, -1 at the end.
  int read(short[] out) throws IOException {
    int count = 0;
    while (count < out.length) {
      long position = outputs * inputRate / Pcm.SAMPLE_RATE;
      while (inputEnd == Long.MAX_VALUE && inputStart + inputLength <= position + halfWidth) {
        fill();
      }
      if (position >= inputEnd) {
        break;
      }
      double fraction = (double) (outputs * inputRate % Pcm.SAMPLE_RATE) / Pcm.SAMPLE_RATE;
      out[count++] = sample((int) (position - inputStart), fraction);
      outputs++;
    }
    return count == 0 ? -1 : count;
  }

  /// @param index of the input sample at or before the output sample
  private short sample(int index, double fraction) {
    double phase = fraction * PHASES;
    float[] before = filters[(int) phase];
    float[] after = filters[(int) phase + 1];
    float weight = (float) (phase - (int) phase);
    int first = index - halfWidth + 1;
    float sum = 0;
    for (int i = 0; i < before.length && first + i < inputLength; i++) {
      sum += input[first + i] * (before[i] + weight * (after[i] - before[i]));
    }
    return Pcm.saturate(Math.round(sum * 32768f));
  }

  /// Makes room by dropping what no later output needs, then reads on.
  private void fill() throws IOException {
    long position = outputs * inputRate / Pcm.SAMPLE_RATE;
    int unused = (int) Math.min(inputLength, position - halfWidth + 1 - inputStart);
    if (unused > 0) {
      System.arraycopy(input, unused, input, 0, inputLength - unused);
      inputStart += unused;
      inputLength -= unused;
    }
    int read = source.read(input, inputLength, input.length - inputLength);
    if (read < 0) {
      inputEnd = inputStart + inputLength;
    } else {
      inputLength += read;
    }
  }
}
