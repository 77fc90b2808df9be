package confab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import confab.cli.HeadlessParticipant.Ending;
import confab.cli.HeadlessParticipant.Transport;
import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Participant;
import confab.protocol.Request;
import confab.protocol.RoomId;
import confab.protocol.UserId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeadlessParticipantTest {
  private static final Participant ZOE =
      new Participant(7, new UserId("zoe"), new DisplayName("Zoë"), false, false);

  private final Diary diary = new Diary();
  private final HeadlessParticipant participant =
      new HeadlessParticipant(diary, Transport.WEBSOCKET);
  private final Link.Receiver edge = participant.receiver();
  private final Wire wire = new Wire();

  /// A connection within memory; the test plays the edge.
  private final class Wire implements Link {
    final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    volatile boolean welcomes = true;
    volatile Optional<CloseReason> closed = Optional.empty();

    @Override
    public boolean sendBundle(byte[] bundle) {
      edge.onBundle(bundle);
      return true;
    }

    @Override
    public void sendRequest(byte[] bytes) {
      switch (Request.parse(bytes)) {
        case Request.Ping(long time) -> {
          if (welcomes) {
            var welcome = new Event.Welcome(new RoomId("demo"), ZOE, List.of(ZOE), "s", "e");
            edge.onEvent(welcome.toBytes());
          }
          edge.onEvent(new Event.Pong(time).toBytes());
        }
        case Request.Leave() -> edge.onEnd(new Ending(Optional.of(CloseReason.LEFT), "left"));
        case Request other -> requests.add(other);
      }
    }

    @Override
    public void close(CloseReason reason) {
      closed = Optional.of(reason);
    }
  }

  @Test
  void afterTheWelcomeItKnowsItselfAndTheRoundTrip() throws Exception {
    participant.begin(wire);

    assertThat(participant.number()).isEqualTo(7);
    assertThat(participant.you()).isEqualTo(ZOE);
    assertThat(participant.roster()).containsExactly(ZOE);
    assertThat(participant.roundTrip()).isPositive();
    assertThat(diary.events).hasSize(1);
  }

  @Test
  void framesBeforeTheWelcomeAreLeftOut() throws Exception {
    var frame = new Frame(false, 20, 9, 1, 960, new byte[] {1});
    edge.onBundle(frame.toBundle());
    participant.begin(wire);
    assertThat(diary.frames).isEmpty();

    assertThat(participant.send(frame)).isTrue();
    assertThat(diary.frames).hasSize(1);
  }

  @Test
  void leavingIsNotReportedAsAnEnd() throws Exception {
    participant.begin(wire);
    participant.close();
    participant.close();

    assertThat(diary.endings).isEmpty();
    assertThat(participant.ending().orElseThrow().reason()).contains(CloseReason.LEFT);
    assertThat(wire.closed).contains(CloseReason.LEFT);
    assertThat(participant.send(new Frame(false, 20, 0, 1, 960, new byte[] {1}))).isFalse();
    assertThatThrownBy(() -> participant.mute(true)).isInstanceOf(IOException.class);
  }

  @Test
  void onlyTheFirstEndCounts() throws Exception {
    participant.begin(wire);
    edge.onEnd(new Ending(Optional.of(CloseReason.SHUTDOWN), "shutdown"));
    edge.onEnd(new Ending(Optional.empty(), "connection lost"));
    participant.close();

    assertThat(diary.endings).hasSize(1);
    assertThat(diary.endings.getFirst().mayReconnect()).isTrue();
    assertThat(participant.isOpen()).isFalse();
  }

  @Test
  void anEventThatIsNoneEndsTheConnection() throws Exception {
    participant.begin(wire);
    edge.onEvent(new byte[] {(byte) 0xff, 0x01});

    assertThat(diary.endings).hasSize(1);
    assertThat(diary.endings.getFirst().reason()).contains(CloseReason.PROTOCOL_VIOLATION);
    await().until(() -> wire.closed.isPresent());
    assertThat(wire.closed).contains(CloseReason.PROTOCOL_VIOLATION);
  }

  @Test
  void anEdgeThatEndsInsteadOfWelcomingIsNotJoined() {
    wire.welcomes = false;
    Thread.startVirtualThread(
        () -> edge.onEnd(new Ending(Optional.of(CloseReason.SHUTDOWN), "shutdown")));

    assertThatThrownBy(() -> participant.begin(wire))
        .isInstanceOf(JoinException.class)
        .hasMessage("no welcome from the edge (shutdown)");
  }

  @ParameterizedTest
  @EnumSource(names = {"LEFT", "PROTOCOL_VIOLATION", "KICKED", "EXPIRED"})
  void afterTheseReasonsJoiningAgainMakesNoSense(CloseReason reason) {
    assertThat(new Ending(Optional.of(reason), "").mayReconnect()).isFalse();
  }

  @Test
  void aConnectionThatWasLostMayBeMadeAgain() {
    assertThat(new Ending(Optional.empty(), "").mayReconnect()).isTrue();
  }
}
