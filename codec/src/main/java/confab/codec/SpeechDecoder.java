package confab.codec;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Makes samples out of one speaker's Opus packets and bridges the packets that are missing.
///
/// One instance per stream, used by one thread at a time. Packets come from the network, so nothing
/// is thrown whatever they hold: a packet that cannot be decoded is concealed and counts in
/// [#failures].
public final class SpeechDecoder {
  /// The longest that one packet may last: 120 ms.
  static final int MAX_PACKET_SAMPLES = 6 * Pcm.FRAME_SAMPLES;

  private final short[] scratch = new short[MAX_PACKET_SAMPLES];
  private OpusDecoder opus = newOpus();
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
    try {
      int length = packet == null ? 0 : packet.length;
      return decodeNullable(packet, length, samples, before);
    } catch (OpusException | RuntimeException | AssertionError e) {
      // Concentus checks little: its state after a failure is not to be trusted.
      opus = newOpus();
      failures++;
      return -1;
    }
  }

  @SuppressWarnings("NullAway") // null is how Opus is asked to conceal
  private int decodeNullable(byte @Nullable [] packet, int length, int samples, boolean before)
      throws OpusException {
    return opus.decode(packet, 0, length, scratch, 0, samples, before);
  }

  private static OpusDecoder newOpus() {
    try {
      return new OpusDecoder(Pcm.SAMPLE_RATE, 1);
    } catch (OpusException e) {
      throw new IllegalStateException("Opus refuses its own parameters", e);
    }
  }
}
