package confab.bench.webrtc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How much of what was said is heard as something else. Segments of 200 ms are moved to where they
/// fit best, since the delay changes; then frames of 20 ms are compared by how loud each of their
/// bands is, as the ear does. A frame that is missing, repeated or made up wrong is far off; what
/// an encoder changes is not.
final class Damage {
  private static final int SEGMENT_MILLIS = 200;
  private static final int FRAME_MILLIS = 20;
  private static final int SEARCH_MILLIS = 40;

  /// Where nothing around resembles it: the delay has jumped.
  private static final int FAR_MILLIS = 400;

  /// Every sixth sample is enough to find the place.
  private static final int STEP = 6;

  /// The root of the mean square of the differences of all bands, in dB, from which a frame counts.
  private static final double FAR_OFF = 12;

  /// What is softer than the loudest band by more is not heard, in dB.
  private static final double MASKED = 35;

  /// A segment that resembles nothing around is no clue to the delay.
  private static final double RESEMBLES = 0.5;

  private static final double QUIET = 0.005 * Short.MAX_VALUE;

  /// One segment, and where it was found.
  private record Match(int said, int heard, double gain) {}

  private final short[] said;
  private final short[] heard;
  private final int rate;
  private final Bands bands;

  private Damage(Recording mouth, Recording ear) {
    said = mouth.samples();
    heard = ear.samples();
    rate = mouth.rate();
    bands = new Bands(samples(FRAME_MILLIS), rate);
  }

  /// @param delay from mouth to ear, in ms, about
  /// @return percent of the frames that hold sound; NaN when none does
  static double percent(Recording mouth, Recording ear, double delay) {
    if (mouth.rate() != ear.rate()) {
      throw new IllegalArgumentException(mouth.rate() + " and " + ear.rate() + " Hz");
    }
    var damage = new Damage(mouth, ear);
    double ahead = mouth.start() + delay - ear.start();
    return damage.percent(damage.align((int) (ahead * mouth.rate() / 1000)));
  }

  private int samples(int millis) {
    return rate * millis / 1000;
  }

  /// @param lag where the first sample said is heard, about
  private List<Match> align(int lag) {
    int length = samples(SEGMENT_MILLIS);
    List<Match> matches = new ArrayList<>();
    for (int from = 0; from + length <= said.length; from += length) {
      if (rms(said, from, length) < QUIET) {
        continue;
      }
      int near = bestLag(from, length, lag, samples(SEARCH_MILLIS));
      if (likeness(from, from + near, length) > RESEMBLES) {
        lag = near;
      } else {
        int far = bestLag(from, length, lag, samples(FAR_MILLIS));
        lag = likeness(from, from + far, length) > RESEMBLES ? far : lag;
      }
      if (from + lag < 0 || from + lag + length > heard.length) {
        continue;
      }
      double gain = rms(said, from, length) / Math.max(1, rms(heard, from + lag, length));
      matches.add(new Match(from, from + lag, gain));
    }
    return matches;
  }

  private int bestLag(int from, int length, int lag, int search) {
    int best = lag;
    double likeness = -1;
    for (int each = lag - search; each <= lag + search; each += STEP) {
      double here = likeness(from, from + each, length);
      if (here > likeness) {
        likeness = here;
        best = each;
      }
    }
    return best;
  }

  /// -1 where nothing was recorded.
  private double likeness(int from, int at, int length) {
    if (at < 0 || at + length > heard.length) {
      return -1;
    }
    double product = 0;
    double one = 1;
    double other = 1;
    for (int i = 0; i < length; i += STEP) {
      product += (double) said[from + i] * heard[at + i];
      one += (double) said[from + i] * said[from + i];
      other += (double) heard[at + i] * heard[at + i];
    }
    return product / Math.sqrt(one * other);
  }

  private double percent(List<Match> matches) {
    double[] gains = matches.stream().mapToDouble(Match::gain).sorted().toArray();
    double gain = gains.length == 0 ? 1 : gains[gains.length / 2];
    int frame = samples(FRAME_MILLIS);
    int all = 0;
    int damaged = 0;
    for (Match match : matches) {
      for (int at = 0; at < samples(SEGMENT_MILLIS); at += frame) {
        if (rms(said, match.said + at, frame) >= QUIET) {
          all++;
          damaged += isDamaged(match.said + at, match.heard + at, gain) ? 1 : 0;
        }
      }
    }
    return 100.0 * damaged / all;
  }

  private boolean isDamaged(int saidAt, int heardAt, double gain) {
    double[] wanted = bands.decibels(said, saidAt, 1);
    double[] found = bands.decibels(heard, heardAt, gain);
    double floor = Arrays.stream(wanted).max().orElse(0) - MASKED;
    double sum = 0;
    for (int band = 0; band < wanted.length; band++) {
      double difference = Math.max(floor, wanted[band]) - Math.max(floor, found[band]);
      sum += difference * difference;
    }
    return Math.sqrt(sum / wanted.length) > FAR_OFF;
  }

  private static double rms(short[] samples, int from, int length) {
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return Math.sqrt(sum / length);
  }
}
