package confab.frames;

import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Who is forwarded in a large room, played to recorded levels: `levels/voice-*.txt` hold the level
/// byte of each 20 ms frame of ten voices of a speech synthesizer, at different loudness, reading
/// sentences with pauses.
class LoudestSpeakersTest {
  private static final long FRAME = 20_000_000;
  private static final int VOICES = 10;
  private static final int PLACES = 5;
  private static final byte SILENCE = 127;
  private static final byte[] OPUS = {1, 2, 3};

  /// What became of the frames of one voice, one character for each: `.` no voice, `#` forwarded,
  /// `-` not.
  private final List<StringBuilder> fates =
      IntStream.range(0, VOICES).mapToObj(_ -> new StringBuilder()).toList();

  private final LoudestSpeakers loudest = new LoudestSpeakers(PLACES);
  private final List<Speaker> speakers =
      IntStream.rangeClosed(1, VOICES).mapToObj(Speaker::new).toList();

  /// How often somebody who was not forwarded a frame before came in.
  private int changes;

  @Test
  void whoeverBeginsToSpeakWhileFewSpeakIsForwardedFromTheFirstFrame() {
    // One after another, each beginning while the one before still speaks.
    int[] begin = IntStream.range(0, VOICES).map(i -> i * 250).toArray();
    play(begin, 250 * VOICES + 500);

    assertThat(fates).allSatisfy(fate -> assertThat(fate).doesNotContain("-"));
  }

  @Test
  void fiveWhoSpeakAtOnceAreAllForwarded() {
    play(new int[] {0, 0, 0, 0, 0, 9999, 9999, 9999, 9999, 9999}, 400);

    assertThat(fates).allSatisfy(fate -> assertThat(fate).doesNotContain("-"));
  }

  @Test
  void ofTenWhoSpeakAtOnceFiveAreForwardedAndNobodyFlutters() {
    play(new int[VOICES], 380);

    // A pause may make place for another.
    assertThat(changes).isLessThanOrEqualTo(380 / 50);
    int heard = (int) fates.stream().filter(fate -> share(fate) > 0.5).count();
    assertThat(heard).isBetween(4, 6);
  }

  @Test
  void aLouderOneGetsAPlaceWhenTheOthersHaveHadTheirSay() {
    for (int i = 0; i < PLACES; i++) {
      assertThat(speak(i, 40, 0)).isTrue();
    }
    assertThat(speak(5, 20, FRAME)).isFalse();
    long now = FRAME;
    for (; now < LoudestSpeakers.TENURE_NANOS; now += FRAME) {
      for (int i = 0; i < PLACES; i++) {
        speak(i, 40, now);
      }
      assertThat(speak(5, 20, now)).isFalse();
    }
    assertThat(speak(5, 20, now)).isTrue();
    assertThat(speak(6, 36, now)).as("hardly louder").isFalse();
  }

  @Test
  void silenceTakesNoPlaceAndNoiseGivesWayToVoice() {
    assertThat(hear(0, SILENCE, 0)).isFalse();
    for (int i = 1; i <= PLACES; i++) {
      assertThat(hear(i, (byte) 60, 0)).as("noise in an empty room").isTrue();
    }
    assertThat(hear(6, (byte) 50, 0)).as("noise beside noise").isFalse();
    assertThat(speak(7, 45, 0)).as("voice beside noise").isTrue();
  }

  @Test
  void thePlaceOfWhoLeavesIsFree() {
    for (int i = 0; i < PLACES; i++) {
      assertThat(speak(i, 20, 0)).isTrue();
    }
    assertThat(speak(6, 40, 0)).isFalse();
    loudest.forget(speakers.get(2).participant());
    assertThat(speak(6, 40, 0)).isTrue();
    assertThat(loudest.speaking(0)).containsExactlyInAnyOrder(1, 2, 4, 5, 7);
  }

  /// Plays each voice from its frame on; before and after, it sends nothing, as with DTX.
  private void play(int[] begin, int frames) {
    List<byte[]> voices = IntStream.range(0, VOICES).mapToObj(LoudestSpeakersTest::voice).toList();
    Set<Integer> before = Set.of();
    int sent = 0;
    for (int frame = 0; frame < frames; frame++) {
      Set<Integer> forwarded = new HashSet<>();
      for (int i = 0; i < VOICES; i++) {
        int at = frame - begin[i];
        if (at >= 0 && at < voices.get(i).length) {
          byte level = voices.get(i)[at];
          boolean admitted = hear(i, level, frame * FRAME + i * FRAME / VOICES);
          fates.get(i).append(level > 0 ? '.' : admitted ? '#' : '-');
          if (admitted) {
            forwarded.add(i);
          }
        }
      }
      sent += forwarded.size();
      Set<Integer> added = new HashSet<>(forwarded);
      added.removeAll(before);
      changes += frame > 0 && !before.isEmpty() ? added.size() : 0;
      before = forwarded;
    }
    // A place that changes hands between two frames has one of each.
    assertThat(sent).isLessThanOrEqualTo(PLACES * frames + changes);
  }

  private static double share(CharSequence fate) {
    long heard = fate.chars().filter(c -> c == '#').count();
    long voiced = fate.chars().filter(c -> c != '.').count();
    return (double) heard / voiced;
  }

  private boolean speak(int index, int dbov, long now) {
    return hear(index, (byte) (0x80 | dbov), now);
  }

  private boolean hear(int index, byte level, long now) {
    Speaker speaker = speakers.get(index);
    byte[] frame = new Frame(false, level & 0xff, 0, 0, 0, OPUS).toBundle();
    speaker.hear(frame, 0, now);
    return loudest.admits(speaker, now);
  }

  private static byte[] voice(int index) {
    String name = "/levels/voice-" + index + ".txt";
    try (var in = Objects.requireNonNull(LoudestSpeakersTest.class.getResourceAsStream(name))) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      List<String> levels = new ArrayList<>(Arrays.asList(text.strip().split("\\s+")));
      return HexFormat.of().parseHex(String.join("", levels));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
