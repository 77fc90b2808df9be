package confab.participant;

import static org.assertj.core.api.Assertions.assertThat;

import confab.codec.Pcm;
import confab.protocol.Frame;
import org.junit.jupiter.api.Test;

class MouthTest {
  private static final SessionConfig CONFIG =
      new SessionConfig("http://localhost", "demo", "zoe", Transport.WEBSOCKET);

  private final EdgesInMemory deployment = new EdgesInMemory("edge-1");
  private final EdgesInMemory.EdgeInMemory edge = deployment.edge("edge-1");
  private final short[] loud = new short[Pcm.FRAME_SAMPLES];
  private final short[] silence = new short[Pcm.FRAME_SAMPLES];

  MouthTest() {
    new Sound.Tone(440).read(loud);
  }

  private Session join() throws JoinException {
    return Session.join(CONFIG, new SessionListener() {}, deployment);
  }

  @Test
  void framesAreNumberedAndTimed() throws Exception {
    try (var session = join()) {
      var mouth = new Mouth(session);
      assertThat(mouth.say(loud)).isTrue();
      assertThat(mouth.say(silence)).isTrue();

      var frames = edge.lastWire().frames;
      assertThat(frames).extracting(Frame::sequence).containsExactly(0, 1);
      assertThat(frames).extracting(Frame::timestamp).containsExactly(0, Pcm.FRAME_SAMPLES);
      assertThat(frames.getFirst().level()).isGreaterThan(Frame.VOICE);
      assertThat(frames.getLast().level()).isEqualTo(Frame.VOICE | Frame.SILENCE);
      assertThat(mouth.frames()).isEqualTo(2);
      assertThat(mouth.bytes())
          .isEqualTo(frames.stream().mapToLong(each -> each.payload().length).sum());
    }
  }

  @Test
  void whatIsLostWithoutAConnectionKeepsItsNumber() throws Exception {
    try (var session = join()) {
      var mouth = new Mouth(session);
      mouth.say(loud);
      edge.refuses = true;
      edge.lastWire().cut();
      assertThat(mouth.say(loud)).isFalse();
      edge.refuses = false;
      int sequence = 2;
      while (!mouth.say(loud)) {
        sequence++;
        mouth.awaitTurn();
      }

      assertThat(edge.lastWire().frames).extracting(Frame::sequence).containsExactly(sequence);
    }
  }

  @Test
  void turnsComeEvery20Milliseconds() throws Exception {
    try (var session = join()) {
      var mouth = new Mouth(session);
      long start = System.nanoTime();
      long last = mouth.awaitTurn();
      assertThat(last).isZero();
      while (last < 5) {
        long next = mouth.awaitTurn();
        assertThat(next).isGreaterThan(last);
        last = next;
      }
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(5 * 20_000_000L);
    }
  }
}
