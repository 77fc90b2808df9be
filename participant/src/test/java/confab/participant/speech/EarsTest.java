package confab.participant.speech;

import static org.assertj.core.api.Assertions.assertThat;

import confab.codec.Pcm;
import confab.codec.SpeechEncoder;
import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Participant;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EarsTest {
  private static final int ROBOT = -2;

  private final Ears ears = new Ears();
  private final Sound tone = new Sound.Tone(440);
  private final SpeechEncoder encoder = new SpeechEncoder(SpeechEncoder.DEFAULT_BITRATE);
  private int sequence;

  private static Participant participant(int number, String name) {
    return new Participant(number, new UserId("user"), new DisplayName(name), 0);
  }

  private void welcome(Participant... others) {
    var self = participant(1, "ear");
    ears.event(
        new Event.Welcome(
            new RoomId("demo"),
            self,
            List.of(others),
            "s",
            "e",
            "token",
            false,
            true,
            Optional.empty()));
  }

  private Frame frame(boolean encrypted) throws Exception {
    short[] samples = new short[Pcm.FRAME_SAMPLES];
    tone.read(samples);
    byte[] opus = encoder.encode(samples);
    return new Frame(encrypted, 20, ROBOT, sequence, sequence++ * Pcm.FRAME_SAMPLES, opus);
  }

  private static boolean isSilent(short[] frame) {
    for (short sample : frame) {
      if (sample != 0) {
        return false;
      }
    }
    return true;
  }

  private int soundingOf(int frames, boolean speaking) throws Exception {
    int sounding = 0;
    for (int i = 0; i < frames; i++) {
      if (speaking) {
        ears.frame(frame(false));
      }
      sounding += isSilent(ears.mix()) ? 0 : 1;
    }
    return sounding;
  }

  @Test
  void nobodySpeakingIsSilence() throws Exception {
    welcome(participant(ROBOT, "Robot"));

    assertThat(soundingOf(10, false)).isZero();
    assertThat(ears.heard()).containsExactly(new Ears.Heard("Robot", 4294967294L, 0, 0, 0, 0));
  }

  @Test
  void oneselfIsNotAmongThoseHeard() {
    ears.event(new Event.Joined(participant(1, "ear"), false));
    welcome(participant(1, "ear"), participant(ROBOT, "Robot"));
    ears.event(new Event.Updated(participant(1, "Ear")));

    assertThat(ears.heard()).extracting(Ears.Heard::name).containsExactly("ear", "Robot");
  }

  @Test
  void whoSpeaksIsHeardUnderTheNewestName() throws Exception {
    welcome();
    assertThat(soundingOf(30, true)).isGreaterThan(20);
    ears.event(new Event.Joined(participant(ROBOT, "Robot"), false));
    ears.event(new Event.Updated(participant(ROBOT, "Robot 2")));

    var heard = ears.heard().getFirst();
    assertThat(heard.name()).isEqualTo("Robot 2");
    assertThat(heard.frames()).isEqualTo(30);
    assertThat(heard.bytes()).isPositive();
  }

  @Test
  void whoLeavesIsHeardToTheEndAndStaysInTheReport() throws Exception {
    welcome(participant(ROBOT, "Robot"));
    soundingOf(20, true);
    ears.event(new Event.Left(ROBOT, CloseReason.LEFT));

    assertThat(soundingOf(100, false)).isBetween(3, 10);
    assertThat(ears.heard()).hasSize(1);
    assertThat(ears.heard().getFirst().frames()).isEqualTo(20);
  }

  @Test
  void afterJoiningAgainTheSameNumberMayBeSomebodyElse() throws Exception {
    welcome(participant(ROBOT, "Robot"));
    soundingOf(20, true);
    welcome(participant(ROBOT, "Other"));

    assertThat(ears.heard()).extracting(Ears.Heard::name).containsExactly("Robot", "Other");
    assertThat(ears.heard()).extracting(Ears.Heard::frames).containsExactly(20L, 0L);
  }

  @Test
  void encryptedFramesCountButAreNotHeard() throws Exception {
    welcome(participant(ROBOT, "Robot"));
    for (int i = 0; i < 10; i++) {
      ears.frame(frame(true));
    }

    assertThat(soundingOf(20, false)).isZero();
    assertThat(ears.heard().getFirst().frames()).isEqualTo(10);
  }
}
