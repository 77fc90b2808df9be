package confab.bench.webrtc;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// What passed a microphone or a loudspeaker of a page, and when.
///
/// @param samples mono, 16 bits, one chunk after another
/// @param rate in Hz
/// @param starts of each chunk, in ms since 1970
/// @param lengths of each chunk, in samples
record Recording(short[] samples, int rate, double[] starts, int[] lengths) {
  private static final double QUIET_SECONDS = 0.2;

  /// As `instruments.take` has it.
  private record Taken(int rate, double[] at, int[] length, String samples) {}

  static Recording of(JsonElement taken) {
    Taken all = new Gson().fromJson(taken, Taken.class);
    byte[] bytes = Base64.getDecoder().decode(all.samples);
    short[] samples = new short[bytes.length / 2];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    return new Recording(samples, all.rate, all.at, all.length);
  }

  /// Of the first sample, in ms since 1970: where the chunk that was least late says.
  double start() {
    double start = Double.POSITIVE_INFINITY;
    long before = 0;
    for (int chunk = 0; chunk < starts.length; chunk++) {
      start = Math.min(start, starts[chunk] - 1000.0 * before / rate);
      before += lengths[chunk];
    }
    return start;
  }

  /// When something louder than `level` began after at least 200 ms without, in ms since 1970.
  List<Double> onsets(double level) {
    List<Double> onsets = new ArrayList<>();
    double threshold = level * Short.MAX_VALUE;
    long quiet = 0;
    int at = 0;
    for (int chunk = 0; chunk < starts.length; chunk++) {
      for (int i = 0; i < lengths[chunk]; i++, at++) {
        if (Math.abs(samples[at]) <= threshold) {
          quiet++;
          continue;
        }
        if (quiet >= QUIET_SECONDS * rate) {
          onsets.add(starts[chunk] + 1000.0 * i / rate);
        }
        quiet = 0;
      }
    }
    return onsets;
  }

  /// The first time after `after` at which anything is louder than `level`; NaN when there is none.
  double firstAbove(double level, double after) {
    double threshold = level * Short.MAX_VALUE;
    int at = 0;
    for (int chunk = 0; chunk < starts.length; chunk++) {
      for (int i = 0; i < lengths[chunk]; i++, at++) {
        double time = starts[chunk] + 1000.0 * i / rate;
        if (time >= after && Math.abs(samples[at]) > threshold) {
          return time;
        }
      }
    }
    return Double.NaN;
  }

  /// The longest time in which nothing is louder than `level`, in ms.
  double longestSilence(double level) {
    double threshold = level * Short.MAX_VALUE;
    long longest = 0;
    long current = 0;
    for (short sample : samples) {
      current = Math.abs(sample) > threshold ? 0 : current + 1;
      longest = Math.max(longest, current);
    }
    return 1000.0 * longest / rate;
  }

  /// How long it takes from the mouth to the ear, click by click.
  ///
  /// @param mouth the onsets of the same clicks where they began
  static List<Double> delays(List<Double> mouth, List<Double> ear, double mostMillis) {
    List<Double> delays = new ArrayList<>();
    for (double said : mouth) {
      ear.stream()
          .filter(heard -> heard > said && heard < said + mostMillis)
          .findFirst()
          .ifPresent(heard -> delays.add(heard - said));
    }
    return delays;
  }
}
