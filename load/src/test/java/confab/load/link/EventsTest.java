package confab.load.link;

import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.DisplayName;
import confab.protocol.Event;
import confab.protocol.Participant;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import confab.protocol.webtransport.ControlStream;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsTest {
  /// Welcome, something small, and Welcome again, in pieces of whatever size.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100, 1_000_000})
  void kindsAreFoundHoweverTheStreamIsCut(int piece) {
    var stream = new ByteArrayOutputStream();
    for (Event each :
        List.of(welcome(500), new Event.Pong(7, "token"), new Event.Move(), welcome(1))) {
      stream.writeBytes(ControlStream.frame(each.toBytes()));
    }
    List<Integer> kinds = new ArrayList<>();
    var events = new Events(kinds::add);

    byte[] bytes = stream.toByteArray();
    for (int i = 0; i < bytes.length; i += piece) {
      events.read(Unpooled.wrappedBuffer(bytes, i, Math.min(piece, bytes.length - i)));
    }

    assertThat(kinds).containsExactly(Events.WELCOME, 5, Events.MOVE, Events.WELCOME);
  }

  private static Event welcome(int participants) {
    var you = new Participant(7, new UserId("ann"), new DisplayName("Ann"), 0);
    return new Event.Welcome(
        new RoomId("room"),
        you,
        Collections.nCopies(participants, you),
        "session",
        "edge",
        "resume",
        false,
        true,
        Optional.empty());
  }
}
