package confab.load;

import static org.assertj.core.api.Assertions.assertThat;

import confab.load.Plan.Talk;
import confab.load.Plan.Transport;
import confab.participant.token.TokenSource;
import confab.protocol.Frame;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VoiceTest {
  private static final long START = 1_800_000_000L * 1_000_000_000 + 123_456_789;
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private record Due(long time, int level) {
    boolean isSpeech() {
      return level != Frame.SILENCE;
    }
  }

  private static Plan plan(Talk talk, int publishers) {
    return plan(talk, publishers, 0);
  }

  static Plan plan(Talk talk, int publishers, int loudest) {
    return new Plan(
        7,
        List.of(URI.create("http://localhost")),
        Set.of(),
        List.of(),
        TokenSource.NONE,
        false,
        false,
        Transport.WEBSOCKET,
        "load",
        1,
        publishers,
        0,
        talk,
        80,
        loudest,
        42,
        Duration.ZERO,
        Duration.ofMinutes(1));
  }

  /// All of the first minute.
  private static List<Due> minute(Plan plan, int index) {
    var voice = new Voice(plan, 0, index, START);
    List<Due> all = new ArrayList<>();
    for (; voice.due() < START + MINUTE; voice.advance()) {
      all.add(new Due(voice.due(), voice.level()));
    }
    return all;
  }

  @Test
  void alwaysIsEveryTwentyMillisecondsInAPhaseOfOnesOwn() {
    Plan plan = plan(Talk.ALWAYS, 20);
    List<List<Due>> all = IntStream.range(0, 20).mapToObj(each -> minute(plan, each)).toList();

    assertThat(all).allSatisfy(each -> assertThat(each).hasSize(3000).allMatch(Due::isSpeech));
    assertThat(all.stream().map(each -> each.getFirst().time()).distinct()).hasSize(20);
    assertThat(all.getFirst().get(1).time() - all.getFirst().get(0).time()).isEqualTo(20_000_000);
  }

  @Test
  void theSameSeedSaysTheSame() {
    Plan plan = plan(Talk.DTX, 3);

    assertThat(minute(plan, 1)).isEqualTo(minute(plan, 1)).isNotEqualTo(minute(plan, 2));
  }

  @Test
  void levelsAreThoseOfSpeechAndDifferALittle() {
    assertThat(minute(plan(Talk.ALWAYS, 1), 0))
        .allMatch(each -> (each.level() & Frame.VOICE) != 0)
        .allMatch(each -> (each.level() & 0x7f) >= 10 && (each.level() & 0x7f) <= 40)
        .extracting(Due::level)
        .satisfies(levels -> assertThat(Set.copyOf(levels)).hasSizeBetween(5, 7));
  }

  @Test
  void alternatingIsOneAtATime() {
    Plan plan = plan(Talk.ALTERNATING, 3);
    long[] turns = new long[3];
    for (int index = 0; index < 3; index++) {
      for (Due each : minute(plan, index)) {
        assertThat(each.time() / 2_000_000_000 % 3).isEqualTo(index);
        turns[index]++;
      }
    }
    assertThat(turns).containsExactly(1000, 1000, 1000);
  }

  @Test
  void dtxIsSpurtsOfSpeechAndSparseComfort() {
    List<Due> all = minute(plan(Talk.DTX, 1), 0);

    for (int i = 1; i < all.size(); i++) {
      long gap = all.get(i).time() - all.get(i - 1).time();
      assertThat(gap).isLessThanOrEqualTo(400_000_000);
      assertThat(gap % 20_000_000).isZero();
    }
    long speech = all.stream().filter(Due::isSpeech).count();
    assertThat(speech).isBetween(1000L, 2000L);
    assertThat(all.size() - speech).isBetween(30L, 130L);
  }
}
