package confab.participant;

import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.Frame;
import confab.protocol.Request.ReceiverReport;
import org.junit.jupiter.api.Test;

class SequencesTest {
  private final Sequences sequences = new Sequences();

  private void hear(int speaker, int... numbers) {
    for (int sequence : numbers) {
      boolean _ = isFirst(speaker, sequence);
    }
  }

  private boolean isFirst(int speaker, int sequence) {
    return sequences.isFirst(new Frame(false, 20, speaker, sequence, 0, new byte[] {1}));
  }

  @Test
  void theSecondOfTwoIsRecognisedInWhateverOrderTheyCome() {
    for (int sequence : new int[] {10, 12, 11, 40, 9}) {
      assertThat(isFirst(1, sequence)).isTrue();
    }
    for (int sequence : new int[] {40, 9, 10, 11, 12}) {
      assertThat(isFirst(1, sequence)).isFalse();
    }
    assertThat(isFirst(1, 13)).isTrue();
    assertThat(sequences.duplicates()).isEqualTo(5);
  }

  /// As the last frames of an edge that ends do, on a busy machine.
  @Test
  void theSecondIsRecognisedSecondsLater() {
    for (int sequence = 0; sequence < 200; sequence++) {
      assertThat(isFirst(1, sequence)).isTrue();
    }
    assertThat(isFirst(1, 85)).isFalse();
    assertThat(isFirst(1, 86)).isFalse();
    assertThat(isFirst(1, 200)).isTrue();
    assertThat(sequences.takeReport()).contains(new ReceiverReport(201, 0));
  }

  @Test
  void everySpeakerHasNumbersOfTheirOwn() {
    assertThat(isFirst(1, 5)).isTrue();
    assertThat(isFirst(2, 5)).isTrue();
    assertThat(isFirst(-1, 5)).isTrue();
    assertThat(isFirst(2, 5)).isFalse();
  }

  @Test
  void numbersMayWrap() {
    for (int sequence = Integer.MAX_VALUE - 20; sequence != Integer.MIN_VALUE + 20; sequence++) {
      assertThat(isFirst(1, sequence)).isTrue();
      assertThat(isFirst(1, sequence - 1)).isEqualTo(sequence == Integer.MAX_VALUE - 20);
    }
    for (int sequence = -20; sequence < 20; sequence++) {
      assertThat(isFirst(2, sequence)).isTrue();
    }
    assertThat(isFirst(2, -20)).isFalse();
  }

  @Test
  void aJumpBeginsAnew() {
    assertThat(isFirst(1, 1000)).isTrue();
    assertThat(isFirst(1, 3)).isTrue();
    assertThat(isFirst(1, 3)).isFalse();
    assertThat(isFirst(1, 4)).isTrue();
    assertThat(isFirst(1, 4 + 63)).isTrue();
    assertThat(isFirst(1, 4)).isFalse();
    assertThat(isFirst(1, 1000)).isTrue();
    assertThat(isFirst(1, 999)).isTrue();
  }

  @Test
  void aReportCountsWhatCameAndTheGapsSinceTheLast() {
    assertThat(sequences.takeReport()).isEmpty();
    hear(1, 10, 11, 14);
    hear(2, -2, 1);
    assertThat(sequences.takeReport()).contains(new ReceiverReport(5, 4));
    assertThat(sequences.takeReport()).isEmpty();
    hear(1, 16);
    assertThat(sequences.takeReport()).contains(new ReceiverReport(1, 1));
  }

  @Test
  void whatComesLateOrTwiceIsReceivedOnce() {
    hear(1, 10, 13, 12, 12, 11, 13);
    assertThat(sequences.takeReport()).contains(new ReceiverReport(4, 0));
  }

  @Test
  void whatComesAfterItWasReportedLostMakesUpForTheNextLoss() {
    hear(1, 10, 13);
    assertThat(sequences.takeReport()).contains(new ReceiverReport(2, 2));
    hear(1, 11, 12);
    assertThat(sequences.takeReport()).contains(new ReceiverReport(2, 0));
    hear(1, 17);
    assertThat(sequences.takeReport()).contains(new ReceiverReport(1, 1));
  }

  @Test
  void whatComesBeforeTheFirstOneHeardIsNoGapThatWasFilled() {
    hear(1, 10, 9, 12);
    assertThat(sequences.takeReport()).contains(new ReceiverReport(3, 1));
  }

  @Test
  void jumpsAndThoseWhoHaveLeftLeaveNoGap() {
    hear(1, 10, 10 + 64, 5);
    hear(2, 10);
    sequences.forget(2);
    hear(2, 20);
    assertThat(sequences.takeReport()).contains(new ReceiverReport(5, 0));
    hear(1, 5 + 63);
    assertThat(sequences.takeReport()).contains(new ReceiverReport(1, 62));
  }

  @Test
  void speakersWithoutEndTakeNoMemoryWithoutEnd() {
    for (int speaker = 0; speaker < 3 * Sequences.MAX_SPEAKERS; speaker++) {
      assertThat(isFirst(speaker, 1)).isTrue();
      assertThat(isFirst(speaker, 1)).isFalse();
    }
    assertThat(isFirst(0, 1)).as("long forgotten").isTrue();
  }
}
