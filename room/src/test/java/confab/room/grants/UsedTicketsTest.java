package confab.room.grants;

import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What an edge remembers of tickets, and for how long.
class UsedTicketsTest {
  private static final Duration KEPT = Duration.ofSeconds(25);
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private final UsedTickets used = new UsedTickets(3, KEPT);

  private boolean use(int session, int second) {
    return used.add(new SessionId(session), NOW.plusSeconds(second));
  }

  @Test
  void aTicketIsUsedOnceForAsLongAsItCouldBeFresh() {
    assertThat(use(1, 0)).isTrue();
    assertThat(use(2, 1)).isTrue();
    assertThat(use(1, 25)).isFalse();
    assertThat(use(1, 26)).isTrue();
    assertThat(use(2, 26)).isFalse();
    assertThat(used.forgotten()).isZero();
  }

  @Test
  void whereThereAreTooManyTheOneThatWasUsedFirstIsForgotten() {
    for (int session = 1; session <= 4; session++) {
      assertThat(use(session, session)).isTrue();
    }
    assertThat(used.forgotten()).isOne();
    assertThat(use(2, 5)).isFalse();
    assertThat(use(4, 5)).isFalse();
    assertThat(use(1, 5)).isTrue();
  }
}
