package confab.codec;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusBandwidth;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusSignal;
import java.util.Arrays;

/// Makes Opus packets of 20 ms out of frames, with in-band error correction: from
/// [#LEAST_BITRATE_WITH_COPY] on, each packet of a voice also carries a coarse copy of the one
/// before it.
///
/// One instance per stream, used by one thread at a time. About 0.5 ms of CPU per frame.
public final class SpeechEncoder {
  public static final int DEFAULT_BITRATE = 32_000;

  /// The bitrates that Opus allows for one stream and that an edge admits per publisher. What
  /// Concentus makes of a voice is never less than some 8 kbit/s.
  public static final int MIN_BITRATE = 6_000;

  public static final int MAX_BITRATE = 128_000;

  /// With less there is no room for a copy.
  public static final int LEAST_BITRATE_WITH_COPY = 17_000;

  /// What a copy takes beside the wider bands.
  private static final int WIDEBAND_FROM = 19_000;

  private static final int FULLBAND_FROM = 28_000;

  /// How much of the bit rate the copy gets depends on the loss that the encoder is told of.
  private static final int ASSUMED_LOSS_PERCENT = 10;

  private static final int COMPLEXITY = 8;
  private static final int MAX_PACKET_BYTES = 1184;

  /// SILK, wide band, 20 ms, without content: every decoder conceals it.
  private static final byte[] EMPTY_PACKET = {0x48};

  private final int bitrate;
  private final byte[] packet = new byte[MAX_PACKET_BYTES];
  private OpusEncoder opus;
  private long failures;

  /// @param bitrate in bit/s, [#MIN_BITRATE] to [#MAX_BITRATE]
  public SpeechEncoder(int bitrate) {
    if (bitrate < MIN_BITRATE || bitrate > MAX_BITRATE) {
      throw new IllegalArgumentException("bit rate " + bitrate);
    }
    this.bitrate = bitrate;
    opus = newOpus(bitrate);
  }

  /// A packet of 1 to 1184 bytes, the caller's own. Should Opus fail over a frame, the packet is an
  /// empty one that listeners conceal, and counts in [#failures].
  ///
  /// @param frame [Pcm#FRAME_SAMPLES] samples; neither kept nor changed
  public byte[] encode(short[] frame) {
    if (frame.length != Pcm.FRAME_SAMPLES) {
      throw new IllegalArgumentException(frame.length + " samples");
    }
    try {
      int length = opus.encode(frame, 0, frame.length, packet, 0, packet.length);
      if (length > 0) {
        return Arrays.copyOf(packet, length);
      }
    } catch (OpusException | RuntimeException | AssertionError e) {
      // Concentus checks little: its state after a failure is not to be trusted.
      opus = newOpus(bitrate);
    }
    failures++;
    return EMPTY_PACKET.clone();
  }

  public long failures() {
    return failures;
  }

  private static OpusEncoder newOpus(int bitrate) {
    try {
      var opus = new OpusEncoder(Pcm.SAMPLE_RATE, 1, OpusApplication.OPUS_APPLICATION_VOIP);
      opus.setBitrate(bitrate);
      opus.setComplexity(COMPLEXITY);
      opus.setSignalType(OpusSignal.OPUS_SIGNAL_VOICE);
      opus.setUseInbandFEC(true);
      opus.setPacketLossPercent(ASSUMED_LOSS_PERCENT);
      opus.setMaxBandwidth(widestWithCopy(bitrate));
      return opus;
    } catch (OpusException e) {
      throw new IllegalStateException("Opus refuses its own parameters", e);
    }
  }

  /// Concentus chooses the bandwidth first and then leaves the copy out where that leaves no room
  /// for it. As libopus does since version 1.3, the bandwidth gives way. Without a copy there is
  /// nothing to give way to.
  private static OpusBandwidth widestWithCopy(int bitrate) {
    if (bitrate >= FULLBAND_FROM || bitrate < LEAST_BITRATE_WITH_COPY) {
      return OpusBandwidth.OPUS_BANDWIDTH_FULLBAND;
    }
    return bitrate >= WIDEBAND_FROM
        ? OpusBandwidth.OPUS_BANDWIDTH_WIDEBAND
        : OpusBandwidth.OPUS_BANDWIDTH_MEDIUMBAND;
  }
}
