package confab.participant;

import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.ChatText;
import confab.protocol.Event;
import confab.protocol.UserId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RepetitionsTest {
  private final Repetitions repetitions = new Repetitions();

  private boolean isRepeated(String user, int id) {
    var said = new Event.Said(1, new ChatText("hello"), id);
    return repetitions.isRepeated(said, Optional.of(new UserId(user)));
  }

  @Test
  void aLineIsKnownByItsUserAndItsId() {
    assertThat(isRepeated("ann", 5)).isFalse();
    assertThat(isRepeated("bea", 5)).isFalse();
    assertThat(isRepeated("ann", 5)).isTrue();
    assertThat(isRepeated("ann", 0)).isFalse();
    assertThat(isRepeated("ann", 0)).isFalse();
  }

  @Test
  void theOldestIsForgottenFirst() {
    for (int id = 1; id <= Repetitions.MEMORY + 1; id++) {
      assertThat(isRepeated("ann", id)).isFalse();
    }
    assertThat(isRepeated("ann", 2)).isTrue();
    assertThat(isRepeated("ann", 1)).isFalse();
  }
}
