package confab.bench.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeardTest {
  private static Heard frame(int sequence, long latencyMillis) {
    long captured = sequence * 20_000_000L;
    return new Heard(sequence, sequence * 960, captured, captured + latencyMillis * 1_000_000);
  }

  private static List<Heard> frames(int... sequences) {
    return new ArrayList<>(IntStream.of(sequences).mapToObj(each -> frame(each, 5)).toList());
  }

  @Test
  void nothingIsMissingOfWhatComesInAnotherOrder() {
    assertThat(Heard.missing(frames(7, 9, 8, 10))).isEqualTo(new Heard.Missing(0, 0));
  }

  @Test
  void theLongestGapCountsAndAllFramesOfAllGaps() {
    assertThat(Heard.missing(frames(1, 2, 4, 5, 55, 56))).isEqualTo(new Heard.Missing(980, 50));
  }

  @Test
  void whatComesTooLateToBePlayedIsMissing() {
    List<Heard> all = frames(1, 2, 4, 5);
    all.add(frame(3, 3_000));
    assertThat(Heard.missing(all)).isEqualTo(new Heard.Missing(20, 1));
  }
}
