package confab.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechCodecTest {
  private static final int FRAMES = 50;
  private static final int TURN = 5;

  private final short[] tone = Tone.sine(440, 0.25, FRAMES * Pcm.FRAME_SAMPLES);

  private List<byte[]> encode() {
    return encode(tone, SpeechEncoder.DEFAULT_BITRATE);
  }

  private static List<byte[]> encode(short[] samples, int bitrate) {
    var encoder = new SpeechEncoder(bitrate);
    List<byte[]> packets = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      packets.add(encoder.encode(Tone.frame(samples, i)));
    }
    assertThat(encoder.failures()).isZero();
    return packets;
  }

  private static void append(short[] into, int frame, short[] samples) {
    assertThat(samples).hasSize(Pcm.FRAME_SAMPLES);
    System.arraycopy(samples, 0, into, frame * Pcm.FRAME_SAMPLES, samples.length);
  }

  @Test
  void aToneKeepsItsPitchAndItsEnergy() {
    var decoder = new SpeechDecoder();
    short[] heard = new short[tone.length];
    var packets = encode();
    for (int i = 0; i < FRAMES; i++) {
      append(heard, i, decoder.decode(packets.get(i)));
    }

    int from = 10 * Pcm.FRAME_SAMPLES;
    assertThat(Tone.amplitude(heard, from, heard.length, 440)).isCloseTo(0.25, within(0.03));
    assertThat(Tone.rms(heard, from, heard.length))
        .isCloseTo(Tone.rms(tone, from, heard.length), within(0.03));
    assertThat(Tone.amplitude(heard, from, heard.length, 1000)).isLessThan(0.01);
  }

  @Test
  void packetsHoldToTheBitRate() {
    int bytes = encode().stream().mapToInt(packet -> packet.length).sum();

    assertThat(bytes * 8.0 * 50 / FRAMES).isBetween(8_000.0, 45_000.0);
  }

  @Test
  void aLostPacketIsRecoveredFromTheNextOne() {
    var decoder = new SpeechDecoder();
    short[] heard = new short[tone.length];
    var packets = encode();
    for (int i = 0; i < FRAMES; i++) {
      boolean isLost = i % 10 == 9 && i + 1 < FRAMES;
      append(
          heard, i, isLost ? decoder.recover(packets.get(i + 1)) : decoder.decode(packets.get(i)));
    }

    int from = 10 * Pcm.FRAME_SAMPLES;
    assertThat(Tone.amplitude(heard, from, heard.length, 440)).isCloseTo(0.25, within(0.05));
  }

  /// Two tones in turn, and the packets in which they change are lost: nobody can guess those.
  @ParameterizedTest
  @ValueSource(ints = {17_000, 18_000, 19_000, 20_000, 24_000, 27_999, 28_000, 32_000, 128_000})
  void theNextPacketKnowsWhatWasInTheLostOne(int bitrate) {
    double[] pitches = {300, 500};
    short[] turns = new short[FRAMES * Pcm.FRAME_SAMPLES];
    for (int i = 0; i < turns.length; i++) {
      double pitch = pitches[i / TURN / Pcm.FRAME_SAMPLES % 2];
      turns[i] = (short) (32767 * Tone.value(pitch, 0.25, i, Pcm.SAMPLE_RATE));
    }
    List<byte[]> packets = encode(turns, bitrate);
    var decoder = new SpeechDecoder();
    short[] heard = new short[turns.length];
    for (int i = 0; i < FRAMES; i++) {
      boolean isLost = i % TURN == 0;
      append(
          heard, i, isLost ? decoder.recover(packets.get(i + 1)) : decoder.decode(packets.get(i)));
    }
    for (int i = 2 * TURN; i < FRAMES; i += TURN) {
      int from = i * Pcm.FRAME_SAMPLES;
      int to = from + Pcm.FRAME_SAMPLES;
      int now = i / TURN % 2;
      assertThat(Tone.amplitude(heard, from, to, pitches[now])).isGreaterThan(0.12);
      assertThat(Tone.amplitude(heard, from, to, pitches[1 - now])).isLessThan(0.12);
    }
  }

  /// Of the second channel a factor for the tone of the first one.
  @ParameterizedTest
  @ValueSource(doubles = {1, 0, -1, -0.9})
  void nothingOfASpeakerWithTwoChannelsGetsLost(double factor) throws OpusException {
    var encoder =
        new OpusEncoder(Pcm.SAMPLE_RATE, 2, OpusApplication.OPUS_APPLICATION_RESTRICTED_LOWDELAY);
    encoder.setBitrate(64_000);
    var decoder = new SpeechDecoder();
    short[] heard = new short[tone.length];
    short[] both = new short[2 * Pcm.FRAME_SAMPLES];
    byte[] packet = new byte[1184];
    for (int i = 0; i < FRAMES; i++) {
      for (int j = 0; j < Pcm.FRAME_SAMPLES; j++) {
        both[2 * j] = tone[i * Pcm.FRAME_SAMPLES + j];
        both[2 * j + 1] = (short) Math.round(factor * both[2 * j]);
      }
      int length = encoder.encode(both, 0, Pcm.FRAME_SAMPLES, packet, 0, packet.length);
      append(heard, i, decoder.decode(Arrays.copyOf(packet, length)));
    }
    int from = 10 * Pcm.FRAME_SAMPLES;
    assertThat(Tone.amplitude(heard, from, heard.length, 440)).isCloseTo(0.25, within(0.03));
    assertThat(decoder.failures()).isZero();
  }

  @Test
  void concealmentFadesToSilence() {
    var decoder = new SpeechDecoder();
    encode().forEach(decoder::decode);
    short[] first = decoder.conceal();
    short[] last = first;
    for (int i = 0; i < 50; i++) {
      last = decoder.conceal();
    }

    assertThat(Tone.rms(first, 0, first.length)).isGreaterThan(0.05);
    assertThat(Tone.rms(last, 0, last.length)).isLessThan(0.01);
  }

  @Test
  void aDecoderSurvivesRandomBytes() {
    var random = new Random(7);
    var decoder = new SpeechDecoder();
    var packets = encode();
    for (int i = 0; i < 4000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (i % 3 == 0) {
        bytes = packets.get(random.nextInt(FRAMES)).clone();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
      }
      short[] samples = i % 2 == 0 ? decoder.decode(bytes) : decoder.recover(bytes);
      assertThat(samples.length).isBetween(1, SpeechDecoder.MAX_PACKET_SAMPLES);
    }

    assertThat(decoder.failures()).isPositive();
    assertThat(decoder.decode(packets.getFirst())).hasSize(Pcm.FRAME_SAMPLES);
  }

  @Test
  void anEncoderSurvivesTheLoudestNoise() {
    var random = new Random(7);
    var encoder = new SpeechEncoder(SpeechEncoder.MAX_BITRATE);
    short[] frame = new short[Pcm.FRAME_SAMPLES];
    for (int i = 0; i < 200; i++) {
      for (int j = 0; j < frame.length; j++) {
        frame[j] = random.nextBoolean() ? Short.MAX_VALUE : Short.MIN_VALUE;
      }
      assertThat(encoder.encode(frame).length).isBetween(1, 1184);
    }
  }

  @Test
  void anEmptyPacketIsConcealed() {
    var decoder = new SpeechDecoder();

    assertThat(decoder.decode(new byte[0])).hasSize(Pcm.FRAME_SAMPLES);
    assertThat(decoder.decode(new byte[] {0x48})).hasSize(Pcm.FRAME_SAMPLES);
    assertThat(decoder.failures()).isEqualTo(1);
  }

  @Test
  void aFrameOfAnotherLengthIsRefused() {
    var encoder = new SpeechEncoder(SpeechEncoder.DEFAULT_BITRATE);

    assertThatThrownBy(() -> encoder.encode(new short[480]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SpeechEncoder(100)).isInstanceOf(IllegalArgumentException.class);
  }
}
