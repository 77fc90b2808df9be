package confab.codec;

import java.util.Arrays;

/// Makes one channel of several, so that nothing of what was said gets lost. Used by one thread.
///
/// Two channels are averaged, save where that would be wrong: of a one-sided recording the side
/// that has sound is taken, and of channels that are opposites of each other the difference. More
/// channels are weighted by the place of their speakers (ITU-R BS.775): a voice in the centre keeps
/// its level.
final class Downmix {
  private static final float HALF = 0.5f;

  private static final float FRONT_SIDE = 0.7071f;
  private static final float CENTRE = 1;
  private static final float SURROUND = 0.5f;

  private static final int CENTRE_SPEAKER = 2;
  private static final int LOW_FREQUENCIES = 3;
  private static final int FIRST_SURROUND = 4;

  /// The usual places of so many channels where the file does not say: 5.1 and 7.1.
  private static final int PLACES_OF_6 = 0x3f;

  private static final int PLACES_OF_8 = 0x63f;

  /// A channel with so much less power than the other has no sound of its own: 40 dB.
  private static final double SILENT = 1e-4;

  /// Below this the channels say nothing about each other: -80 dB.
  private static final double TOO_QUIET = 1e-8;

  /// What goes for opposite, and what ends that.
  private static final double OPPOSITE = -0.7;

  private static final double NO_LONGER = -0.2;

  /// How long the channels are looked at, and how long a change of weights takes.
  private static final double LOOK_SECONDS = 0.3;

  private static final double TURN_SECONDS = 0.02;
  private static final double RECOVER_SECONDS = 1;

  private final float[] weights;
  private final float[] target;
  private final double forget;
  private final float turn;
  private final float recover;
  private float loudest = 1;
  private boolean settled;
  private double leftPower;
  private double rightPower;
  private double product;

  /// @param speakers as in [WavFormat]
  Downmix(int channels, int speakers, int rate) {
    weights = weights(channels, speakers);
    target = weights.clone();
    forget = 1 / (LOOK_SECONDS * rate);
    turn = (float) (1 / (TURN_SECONDS * rate));
    recover = (float) (1 / (RECOVER_SECONDS * rate));
  }

  private static float[] weights(int channels, int speakers) {
    float[] weights = new float[channels];
    Arrays.fill(weights, 1f / channels);
    int places = places(channels, speakers);
    if (channels > 2 && places != 0) {
      int channel = 0;
      for (int place = 0; channel < channels; place++) {
        if ((places >>> place & 1) != 0) {
          weights[channel++] = weight(place);
        }
      }
    }
    return weights;
  }

  /// One for each channel; 0 when that is not known.
  private static int places(int channels, int speakers) {
    if (Integer.bitCount(speakers) == channels) {
      return speakers;
    }
    return switch (channels) {
      case 6 -> PLACES_OF_6;
      case 8 -> PLACES_OF_8;
      default -> 0;
    };
  }

  private static float weight(int place) {
    return switch (place) {
      case CENTRE_SPEAKER -> CENTRE;
      case LOW_FREQUENCIES -> 0;
      default -> place < FIRST_SURROUND ? FRONT_SIDE : SURROUND;
    };
  }

  /// @param samples of all channels in turn; full scale is 1
  /// @param frames how many of each channel
  void mix(float[] samples, int frames, float[] into, int offset) {
    int channels = weights.length;
    if (channels == 2) {
      look(samples, frames);
    }
    for (int frame = 0; frame < frames; frame++) {
      float sum = 0;
      for (int channel = 0; channel < channels; channel++) {
        weights[channel] += (target[channel] - weights[channel]) * turn;
        sum += weights[channel] * samples[frame * channels + channel];
      }
      into[offset + frame] = limited(sum);
    }
  }

  /// Several loud channels together may be louder than can be: then all is quieter for a while.
  private float limited(float sum) {
    loudest = Math.max(Math.abs(sum), loudest + (1 - loudest) * recover);
    return sum / loudest;
  }

  /// The first sound decides at once, later sound by and by.
  private void look(float[] samples, int frames) {
    for (int at = 0; at < 2 * frames; at += 2) {
      double left = samples[at];
      double right = samples[at + 1];
      leftPower += (left * left - leftPower) * forget;
      rightPower += (right * right - rightPower) * forget;
      product += (left * right - product) * forget;
    }
    if (leftPower + rightPower < TOO_QUIET) {
      return;
    }
    aim();
    if (!settled) {
      settled = true;
      System.arraycopy(target, 0, weights, 0, 2);
    }
  }

  private void aim() {
    if (rightPower < SILENT * leftPower) {
      aim(1, 0);
    } else if (leftPower < SILENT * rightPower) {
      aim(0, 1);
    } else {
      double likeness = product / Math.sqrt(leftPower * rightPower);
      boolean opposite = likeness < (target[1] < 0 ? NO_LONGER : OPPOSITE);
      aim(HALF, opposite ? -HALF : HALF);
    }
  }

  private void aim(float left, float right) {
    target[0] = left;
    target[1] = right;
  }
}
