package confab.participant;

import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Frame;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionListenerTest {
  @Test
  void twoListenersHearEverything() {
    var first = new Diary();
    var second = new Diary();
    SessionListener both = first.andThen(second);
    both.event(new Event.Move());
    both.speakers(List.of(7));
    both.frame(new Frame(false, 20, 7, 1, 960, new byte[] {1}));
    both.moved("edge-2", true);
    both.ended(new Session.Ending(Optional.of(CloseReason.KICKED), "kicked"));
    both.notice("edge-1 is silent");

    for (Diary each : List.of(first, second)) {
      assertThat(each.events).containsExactly(new Event.Move());
      assertThat(each.speakers).containsExactly(List.of(7));
      assertThat(each.frames).extracting(Frame::sequence).containsExactly(1);
      assertThat(each.changes).containsExactly(new Diary.Change("edge-2", true));
      assertThat(each.endings).extracting(Session.Ending::detail).containsExactly("kicked");
      assertThat(each.notices).containsExactly("edge-1 is silent");
    }
  }
}
