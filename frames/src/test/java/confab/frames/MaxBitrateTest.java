package confab.frames;

import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.Frame;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Publishers whose token says how many bits a second they may send.
class MaxBitrateTest {
  private static final long TICK = 20_000_000;
  private static final int SECOND = 50;
  private static final Rate PLENTY = new Rate(1e6, 1_000_000);

  private final MediaCounters counters = new MediaCounters();
  private final FramePath path =
      new FramePath(Forwarding.defaults(), new MediaCounters(), new RoundFlusher(System::nanoTime));
  private final Publisher publisher =
      new Publisher(path, 1, "network", new MediaLimits(PLENTY, PLENTY), counters, 0);
  private int tick;

  /// Sends so many frames, one every 20 ms.
  ///
  /// @return how many of them were taken
  private long speak(int frames, int payloadBytes) {
    long before = counters.framesIn();
    for (int end = tick + frames; tick < end; tick++) {
      var frame = new Frame(false, Frame.VOICE, 0, tick, 0, new byte[payloadBytes]);
      publisher.publish(ByteBuffer.wrap(frame.toBundle()), tick * TICK);
    }
    return counters.framesIn() - before;
  }

  private long dropped() {
    return counters.drops(DropReason.OVER_BITRATE);
  }

  @Test
  void whatIsGrantedPasses() {
    publisher.setMaxBitrate(OptionalInt.of(24_000), 0);
    assertThat(speak(60 * SECOND, 60)).isEqualTo(60 * SECOND);
    assertThat(dropped()).isZero();
  }

  @Test
  void whatIsMoreIsDroppedAndCounted() {
    publisher.setMaxBitrate(OptionalInt.of(24_000), 0);
    long taken = speak(60 * SECOND, 120);
    assertThat(taken).isBetween(30L * SECOND, 31L * SECOND);
    assertThat(dropped()).isEqualTo(60 * SECOND - taken);
    assertThat(counters.drops(DropReason.RATE_LIMITED)).isZero();
    // Nothing was lost on the way.
    assertThat(publisher.arrivals()).isEqualTo(new Arrivals(60 * SECOND, 0));
  }

  @Test
  void anotherTokenCountsFromTheNextFrameOn() {
    assertThat(speak(10 * SECOND, 120)).isEqualTo(10 * SECOND);
    publisher.setMaxBitrate(OptionalInt.of(1), tick * TICK);
    speak(SECOND, 1_184);
    assertThat(speak(10 * SECOND, 120)).isZero();
    publisher.setMaxBitrate(OptionalInt.empty(), tick * TICK);
    assertThat(speak(10 * SECOND, 120)).isEqualTo(10 * SECOND);
  }
}
