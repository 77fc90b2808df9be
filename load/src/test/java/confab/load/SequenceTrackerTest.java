package confab.load;

import static org.assertj.core.api.Assertions.assertThat;

import confab.load.Expectation.Span;
import confab.load.measure.SequenceTracker;
import confab.load.measure.SequenceTracker.Arrival;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SequenceTrackerTest {
  private static final int NUMBER = 77;

  private final SequenceTracker heard = new SequenceTracker(2);

  private Arrival hear(int sequence) {
    return heard.hear(0, NUMBER, sequence);
  }

  private Stream<Arrival> hearAll(int... sequences) {
    return IntStream.of(sequences).mapToObj(this::hear);
  }

  private long frames() {
    return new Span(heard.first(0), heard.latest(0)).frames();
  }

  @Test
  void whatComesInOrderIsInOrderAlsoAfterLosses() {
    assertThat(hearAll(5, 6, 9, 300, 301)).containsOnly(Arrival.IN_ORDER);
    assertThat(frames()).isEqualTo(297);
  }

  @Test
  void whatComesAfterALaterOneIsReordered() {
    assertThat(hearAll(5, 8, 6, 7, 9))
        .containsExactly(
            Arrival.IN_ORDER,
            Arrival.IN_ORDER,
            Arrival.REORDERED,
            Arrival.REORDERED,
            Arrival.IN_ORDER);
  }

  @Test
  void theFirstOneToComeNeedNotBeTheFirst() {
    assertThat(hearAll(5, 3, 4)).endsWith(Arrival.REORDERED, Arrival.REORDERED);
    assertThat(frames()).isEqualTo(3);
  }

  @Test
  void whatCameBeforeIsADuplicateAsOftenAsItComes() {
    assertThat(hearAll(5, 5, 6, 5, 6, 8, 7, 7))
        .containsExactly(
            Arrival.IN_ORDER,
            Arrival.DUPLICATE,
            Arrival.IN_ORDER,
            Arrival.DUPLICATE,
            Arrival.DUPLICATE,
            Arrival.IN_ORDER,
            Arrival.REORDERED,
            Arrival.DUPLICATE);
  }

  @Test
  void whatIsTooFarBehindToTellCountsAsADuplicate() {
    int reach = SequenceTracker.REACH;
    assertThat(hearAll(1, 1 + reach, 2, 1, 0))
        .containsExactly(
            Arrival.IN_ORDER,
            Arrival.IN_ORDER,
            Arrival.REORDERED,
            Arrival.DUPLICATE,
            Arrival.DUPLICATE);
  }

  @Test
  void sequencesWrap() {
    int highest = -1;
    assertThat(hearAll(highest - 1, 0, highest, 1, 0))
        .containsExactly(
            Arrival.IN_ORDER,
            Arrival.IN_ORDER,
            Arrival.REORDERED,
            Arrival.IN_ORDER,
            Arrival.DUPLICATE);
    assertThat(frames()).isEqualTo(4);
  }

  @Test
  void publishersAreToldApart() {
    assertThat(hear(5)).isEqualTo(Arrival.IN_ORDER);
    assertThat(heard.hear(1, NUMBER + 1, 5)).isEqualTo(Arrival.IN_ORDER);
    assertThat(heard.hear(1, NUMBER + 1, 5)).isEqualTo(Arrival.DUPLICATE);
    assertThat(hear(6)).isEqualTo(Arrival.IN_ORDER);
  }

  @Test
  void morePublishersThanExpectedAreHeard() {
    assertThat(heard.hear(40, NUMBER, 5)).isEqualTo(Arrival.IN_ORDER);
    assertThat(heard.hear(40, NUMBER, 5)).isEqualTo(Arrival.DUPLICATE);
    assertThat(heard.hasHeard(39)).isFalse();
    assertThat(heard.hasHeard(40)).isTrue();
  }

  @Test
  void anotherLoadInTheSameRoomIsNotCounted() {
    assertThat(hear(5)).isEqualTo(Arrival.IN_ORDER);
    assertThat(heard.hear(0, NUMBER + 1, 6)).isEqualTo(Arrival.FOREIGN);
    assertThat(heard.hear(SequenceTracker.MOST_PUBLISHERS, NUMBER, 6)).isEqualTo(Arrival.FOREIGN);
    assertThat(hear(6)).isEqualTo(Arrival.IN_ORDER);
  }
}
