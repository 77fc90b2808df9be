package confab.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class JitterBufferTest {
  private static final int FRAMES = 100;
  private static final byte[][] PACKETS = packets();

  private final JitterBuffer buffer = new JitterBuffer();
  private final short[] heard = new short[4 * FRAMES * Pcm.FRAME_SAMPLES];
  private int taken;
  private int sounding;
  private int firstSequence = 1000;

  private static byte[][] packets() {
    var encoder = new SpeechEncoder(SpeechEncoder.DEFAULT_BITRATE);
    short[] tone = Tone.sine(440, 0.25, FRAMES * Pcm.FRAME_SAMPLES);
    byte[][] packets = new byte[FRAMES][];
    for (int i = 0; i < FRAMES; i++) {
      packets[i] = encoder.encode(Tone.frame(tone, i));
    }
    return packets;
  }

  private void put(int index) {
    buffer.put(firstSequence + index, 77 + index * Pcm.FRAME_SAMPLES, PACKETS[index]);
  }

  private void take() {
    short[] frame = new short[Pcm.FRAME_SAMPLES];
    if (buffer.take(frame)) {
      sounding++;
    }
    System.arraycopy(frame, 0, heard, taken++ * frame.length, frame.length);
  }

  private void takeAll() {
    for (int i = 0; i < 40; i++) {
      take();
    }
  }

  private double pitchFrom(int frame, int to) {
    return Tone.amplitude(heard, frame * Pcm.FRAME_SAMPLES, to * Pcm.FRAME_SAMPLES, 440);
  }

  @Test
  void aSteadyStreamIsPlayedWhole() {
    for (int i = 0; i < FRAMES; i++) {
      put(i);
      take();
    }
    takeAll();

    assertThat(buffer.stats()).isEqualTo(new JitterBuffer.Stats(FRAMES, 0, 0, 0, 5, 0));
    assertThat(sounding).isEqualTo(FRAMES + 5);
    assertThat(pitchFrom(10, FRAMES)).isCloseTo(0.25, within(0.03));
  }

  @Test
  void sequencesAndTimestampsThatWrapAreOneStream() {
    firstSequence = -50;
    for (int i = 0; i < FRAMES; i++) {
      buffer.put(firstSequence + i, (i - 50) * Pcm.FRAME_SAMPLES, PACKETS[i]);
      take();
    }
    takeAll();

    assertThat(buffer.stats()).isEqualTo(new JitterBuffer.Stats(FRAMES, 0, 0, 0, 5, 0));
  }

  @Test
  void aStreamThatBeginsAtTheMiddleOfTheNumbersIsPlayed() {
    firstSequence = Integer.MAX_VALUE - 50;
    for (int i = 0; i < FRAMES; i++) {
      put(i);
      take();
    }

    assertThat(buffer.stats().lost()).isZero();
    assertThat(buffer.stats().late()).isZero();
  }

  @Test
  void lostPacketsAreBridgedAndCounted() {
    for (int i = 0; i < FRAMES; i++) {
      if (i % 10 != 5) {
        put(i);
      }
      take();
    }
    takeAll();

    var stats = buffer.stats();
    assertThat(stats.frames()).isEqualTo(90);
    assertThat(stats.lost()).isEqualTo(10);
    assertThat(stats.late()).isZero();
    assertThat(sounding).isEqualTo(FRAMES + 5);
    assertThat(pitchFrom(10, FRAMES)).isCloseTo(0.25, within(0.05));
  }

  @Test
  void swappedPacketsArePutInOrder() {
    for (int i = 0; i < FRAMES; i += 2) {
      put(i + 1);
      take();
      put(i);
      take();
    }
    takeAll();

    assertThat(buffer.stats()).isEqualTo(new JitterBuffer.Stats(FRAMES, 0, 0, 0, 5, 0));
    assertThat(pitchFrom(10, FRAMES)).isCloseTo(0.25, within(0.03));
  }

  @Test
  void duplicatesAreDropped() {
    for (int i = 0; i < FRAMES; i++) {
      put(i);
      put(Math.max(0, i - 20));
      take();
    }
    takeAll();

    assertThat(buffer.stats()).isEqualTo(new JitterBuffer.Stats(FRAMES, 0, 0, FRAMES, 5, 0));
  }

  @Test
  void aPacketThatComesTooLateCountsAsLateAndNotAsLost() {
    for (int i = 0; i < FRAMES; i++) {
      if (i != 50) {
        put(i);
      }
      if (i == 60) {
        put(50);
      }
      take();
    }
    takeAll();

    var stats = buffer.stats();
    assertThat(stats.frames()).isEqualTo(FRAMES);
    assertThat(stats.lost()).isZero();
    assertThat(stats.late()).isEqualTo(1);
  }

  @Test
  void afterABurstTheNewestIsPlayed() {
    for (int i = 0; i < FRAMES; i++) {
      put(i);
    }
    takeAll();

    var stats = buffer.stats();
    assertThat(stats.frames()).isEqualTo(FRAMES);
    assertThat(stats.lost()).isGreaterThan(FRAMES - 2 * JitterBuffer.MAX_PACKETS);
    assertThat(sounding).isLessThan(JitterBuffer.MAX_PACKETS + 10);
  }

  @Test
  void aWayThatBecomesLongerCostsAFewLatePacketsOnly() {
    for (int i = 0; i < FRAMES; i++) {
      if (i < 40) {
        put(i);
      } else if (i >= 48) {
        put(i - 8);
      }
      take();
    }
    takeAll();

    var stats = buffer.stats();
    assertThat(stats.late()).isBetween(1L, 10L);
    assertThat(pitchFrom(75, FRAMES)).isCloseTo(0.25, within(0.05));
  }

  @Test
  void silenceThatWasNotSentKeepsItsLength() {
    int silence = 100;
    for (int i = 0; i < 20; i++) {
      put(i);
      take();
    }
    for (int i = 0; i < silence; i++) {
      take();
    }
    for (int i = 20; i < 40; i++) {
      buffer.put(firstSequence + i, 77 + (i + silence) * Pcm.FRAME_SAMPLES, PACKETS[i]);
      take();
    }
    takeAll();

    var stats = buffer.stats();
    assertThat(stats.frames()).isEqualTo(40);
    assertThat(stats.lost()).isZero();
    assertThat(stats.late()).isZero();
    assertThat(Tone.rms(heard, 40 * 960, 110 * 960)).isZero();
    assertThat(Tone.rms(heard, 128 * 960, 138 * 960)).isGreaterThan(0.1);
  }

  @Test
  void aShortSilenceThatWasNotSentKeepsItsLengthToo() {
    for (int i = 0; i < 60; i++) {
      if (i < 30) {
        put(i);
      } else if (i >= 40) {
        buffer.put(firstSequence + i - 10, 77 + i * Pcm.FRAME_SAMPLES, PACKETS[i - 10]);
      }
      take();
    }

    var stats = buffer.stats();
    assertThat(stats.lost()).isZero();
    assertThat(stats.late()).isZero();
    assertThat(Tone.rms(heard, 39 * 960, 43 * 960)).isZero();
  }

  @Test
  void aSpeakerThatBeginsAnewIsHeardAgain() {
    for (int i = 0; i < 30; i++) {
      put(i);
      take();
    }
    firstSequence = 5_000_000;
    int before = sounding;
    for (int i = 0; i < 30; i++) {
      put(i);
      take();
    }

    assertThat(sounding - before).isGreaterThan(20);
    assertThat(buffer.stats().frames()).isEqualTo(60);
    assertThat(buffer.stats().late()).isZero();
  }

  @Test
  void randomTracesNeverThrowAndCountEveryPacket() {
    var random = new Random(5);
    for (int round = 0; round < 30; round++) {
      var any = new JitterBuffer();
      short[] frame = new short[Pcm.FRAME_SAMPLES];
      int puts = 0;
      for (int i = 0; i < 300; i++) {
        if (random.nextInt(4) > 0) {
          int sequence = random.nextInt(20) == 0 ? random.nextInt() : i + random.nextInt(9) - 4;
          int timestamp = random.nextInt(20) == 0 ? random.nextInt() : sequence * 960;
          byte[] packet = PACKETS[random.nextInt(FRAMES)];
          any.put(sequence, timestamp, random.nextInt(9) == 0 ? new byte[] {3, 1} : packet);
          puts++;
        }
        any.take(frame);
      }
      assertThat(any.stats().frames() + any.stats().duplicates()).isEqualTo(puts);
      assertThat(any.stats().lost()).isNotNegative();
    }
  }
}
