package confab.codec;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Makes samples out of one speaker's Opus packets and bridges the packets that are missing.
///
/// Packets of two channels are decoded as such and mixed by a [Downmix]: the mono decoder of
/// Concentus adds the channels up, so that those which are opposites of each other cancel out.
///
/// One instance per stream, used by one thread at a time. Packets come from the network, so nothing
/// is thrown whatever they hold: a packet that cannot be decoded is concealed and counts in
/// [#failures].
public final class SpeechDecoder {
  /// The longest that one packet may last: 120 ms.
  static final int MAX_PACKET_SAMPLES = 6 * Pcm.FRAME_SAMPLES;

  /// Set in the first byte of a packet of two channels (RFC 6716 section 3.1).
  private static final int STEREO = 0x04;

  private final short[] scratch = new short[MAX_PACKET_SAMPLES];
  private OpusDecoder opus = newOpus(1);

  /// Null as long as all packets have had one channel.
  private @Nullable StereoMix stereo;

  private long failures;

  /// The samples of `packet`: 2.5 to 120 ms of them, as many as the packet says; 20 ms of
  /// concealment when it makes no sense.
  public short[] decode(byte[] packet) {
    int samples = run(packet, MAX_PACKET_SAMPLES, false);
    return samples > 0 ? Arrays.copyOf(scratch, samples) : conceal();
  }

  /// The 20 ms before `next`, from the copy that `next` carries; a guess when it carries none.
  public short[] recover(byte[] next) {
    // Exactly one lost frame at a time: Concentus misplaces its output for longer gaps.
    int samples = run(next, Pcm.FRAME_SAMPLES, true);
    return samples == Pcm.FRAME_SAMPLES ? Arrays.copyOf(scratch, samples) : conceal();
  }

  /// 20 ms in place of a packet that is missing: the sound before it goes on and fades.
  public short[] conceal() {
    int samples = run(null, Pcm.FRAME_SAMPLES, false);
    return samples == Pcm.FRAME_SAMPLES
        ? Arrays.copyOf(scratch, samples)
        : new short[Pcm.FRAME_SAMPLES];
  }

  public long failures() {
    return failures;
  }

  private int run(byte @Nullable [] packet, int samples, boolean before) {
    if (packet != null && packet.length == 0) {
      failures++;
      return -1;
    }
    if (packet != null && (packet[0] & STEREO) != 0 && stereo == null) {
      stereo = new StereoMix();
      opus = newOpus(2);
    }
    try {
      int length = packet == null ? 0 : packet.length;
      return stereo == null
          ? decodeNullable(packet, length, scratch, samples, before)
          : stereo.mix(decodeNullable(packet, length, stereo.channels, samples, before), scratch);
    } catch (OpusException | RuntimeException | AssertionError e) {
      // Concentus checks little: its state after a failure is not to be trusted.
      opus = newOpus(stereo == null ? 1 : 2);
      failures++;
      return -1;
    }
  }

  @SuppressWarnings("NullAway") // null is how Opus is asked to conceal
  private int decodeNullable(
      byte @Nullable [] packet, int length, short[] into, int samples, boolean before)
      throws OpusException {
    return opus.decode(packet, 0, length, into, 0, samples, before);
  }

  private static OpusDecoder newOpus(int channels) {
    try {
      return new OpusDecoder(Pcm.SAMPLE_RATE, channels);
    } catch (OpusException e) {
      throw new IllegalStateException("Opus refuses its own parameters", e);
    }
  }

  /// What one decoder of two channels needs besides.
  private static final class StereoMix {
    /// Both in turn, as Opus gives them.
    final short[] channels = new short[2 * MAX_PACKET_SAMPLES];

    private final float[] both = new float[2 * MAX_PACKET_SAMPLES];
    private final float[] mono = new float[MAX_PACKET_SAMPLES];
    private final Downmix downmix = new Downmix(2, 0, Pcm.SAMPLE_RATE);

    /// @param samples of each channel
    /// @return `samples`
    int mix(int samples, short[] into) {
      for (int i = 0; i < 2 * samples; i++) {
        both[i] = channels[i] / 32768f;
      }
      downmix.mix(both, samples, mono, 0);
      for (int i = 0; i < samples; i++) {
        into[i] = Pcm.saturate(Math.round(mono[i] * 32768));
      }
      return samples;
    }
  }
}
