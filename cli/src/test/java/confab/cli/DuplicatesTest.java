package confab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.Frame;
import org.junit.jupiter.api.Test;

class DuplicatesTest {
  private final Duplicates duplicates = new Duplicates();

  private boolean isFirst(int speaker, int sequence) {
    return duplicates.isFirst(new Frame(false, 20, speaker, sequence, 0, new byte[] {1}));
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
    assertThat(duplicates.count()).isEqualTo(5);
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
  void speakersWithoutEndTakeNoMemoryWithoutEnd() {
    for (int speaker = 0; speaker < 3 * Duplicates.MAX_SPEAKERS; speaker++) {
      assertThat(isFirst(speaker, 1)).isTrue();
      assertThat(isFirst(speaker, 1)).isFalse();
    }
    assertThat(isFirst(0, 1)).as("long forgotten").isTrue();
  }
}
