package confab.participant.speech;

import static org.assertj.core.api.Assertions.assertThat;

import confab.codec.Pcm;
import confab.codec.SpeechEncoder;
import confab.protocol.Frame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MouthTest {
  private final List<Frame> sent = new ArrayList<>();
  private final short[] loud = new short[Pcm.FRAME_SAMPLES];
  private final short[] silence = new short[Pcm.FRAME_SAMPLES];
  private boolean connected = true;
  private final Mouth mouth = new Mouth(this::send, SpeechEncoder.DEFAULT_BITRATE);

  MouthTest() {
    new Sound.Tone(440).read(loud);
  }

  private boolean send(Frame frame) {
    return connected && sent.add(frame);
  }

  @Test
  void framesAreNumberedAndTimed() {
    assertThat(mouth.say(loud)).isTrue();
    assertThat(mouth.say(silence)).isTrue();

    assertThat(sent).extracting(Frame::sequence).containsExactly(0, 1);
    assertThat(sent).extracting(Frame::timestamp).containsExactly(0, Pcm.FRAME_SAMPLES);
    assertThat(sent.getFirst().level()).isGreaterThan(Frame.VOICE);
    assertThat(sent.getLast().level()).isEqualTo(Frame.VOICE | Frame.SILENCE);
    assertThat(mouth.frames()).isEqualTo(2);
    assertThat(mouth.bytes())
        .isEqualTo(sent.stream().mapToLong(each -> each.payload().length).sum());
  }

  @Test
  void whatIsLostWithoutAConnectionKeepsItsNumberAndItsTime() {
    mouth.say(loud);
    connected = false;
    assertThat(mouth.say(loud)).isFalse();
    connected = true;
    mouth.say(loud);

    assertThat(sent).extracting(Frame::sequence).containsExactly(0, 2);
    assertThat(sent.getLast().timestamp()).isEqualTo(2 * Pcm.FRAME_SAMPLES);
    assertThat(mouth.frames()).isEqualTo(2);
  }

  @Test
  void turnsComeEvery20MillisecondsAndSayWhenAFrameIs() {
    long start = System.nanoTime();
    long last = mouth.awaitTurn();
    assertThat(last).isZero();
    while (last < 5) {
      long next = mouth.awaitTurn();
      assertThat(next).isGreaterThan(last);
      last = next;
    }
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(5 * 20_000_000L);

    mouth.say(loud);
    assertThat(sent.getLast().timestamp()).isEqualTo((int) last * Pcm.FRAME_SAMPLES);
    assertThat(sent.getLast().sequence()).isZero();
  }
}
