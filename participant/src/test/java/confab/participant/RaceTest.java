package confab.participant;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import confab.participant.EdgesInMemory.EdgeInMemory;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.address.EdgeAddress;
import confab.rig.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RaceTest {
  private static final Duration LONG = Patience.LIMIT;
  private static final Duration SHORT = Duration.ofMillis(50);

  private final EdgesInMemory deployment = new EdgesInMemory("edge-1", "edge-2");
  private final EdgeInMemory first = deployment.edge("edge-1");
  private final EdgeInMemory second = deployment.edge("edge-2");

  /// A session that never enters.
  private static final class Bystander implements Connection.Owner {
    @Override
    public void onBundle(Connection from, byte[] bundle) {}

    @Override
    public void onEvent(Connection from, Event event) {}

    @Override
    public void onEnd(Connection from) {}
  }

  private static Connection winner(Deployment deployment, Duration stagger, Duration limit)
      throws Exception {
    return Race.ofEdges(deployment, new Bystander(), deployment.edges("")).winner(stagger, limit);
  }

  @Test
  void theFirstIsPreferred() throws Exception {
    assertThat(winner(deployment, LONG, LONG).edge()).isEqualTo(first.address);
    assertThat(second.wires).isEmpty();
  }

  @Test
  void theNextIsDialledAtOnceWhenOneFails() throws Exception {
    first.refuses = true;

    assertThat(winner(deployment, LONG, LONG).edge()).isEqualTo(second.address);
  }

  @Test
  void theNextIsDialledAfterAWhileWhenOneKeepsSilent() throws Exception {
    first.freeze();

    assertThat(winner(deployment, SHORT, LONG).edge()).isEqualTo(second.address);
  }

  @Test
  void whenAllFailTheLastSaysWhy() {
    first.refuses = true;
    second.refuses = true;

    assertThatThrownBy(() -> winner(deployment, LONG, LONG))
        .isInstanceOf(JoinException.class)
        .hasMessage("cannot reach edge-2");
  }

  @Test
  void whenNobodyAnswersItEndsInTime() {
    first.freeze();
    second.freeze();

    assertThatThrownBy(() -> winner(deployment, SHORT, SHORT))
        .isInstanceOf(JoinException.class)
        .hasMessage("no answer in time");
  }

  @Test
  void aLinkThatStandsTooLateIsClosed() throws Exception {
    var release = new CountDownLatch(1);
    var slow =
        new Deployment() {
          @Override
          public List<EdgeAddress> edges(String session) throws JoinException {
            return deployment.edges(session);
          }

          @Override
          public Link dial(EdgeAddress edge, Link.Receiver receiver) throws JoinException {
            if (edge.equals(first.address)) {
              awaitDeafToInterrupts(release);
            }
            return deployment.dial(edge, receiver);
          }
        };

    assertThat(winner(slow, SHORT, LONG).edge()).isEqualTo(second.address);
    release.countDown();
    await().until(() -> !first.wires.isEmpty());
    await().until(() -> first.lastWire().closed.equals(Optional.of(CloseReason.LEFT)));
    assertThat(second.lastWire().closed).isEmpty();
  }

  private static void awaitDeafToInterrupts(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // As some libraries do.
      }
    }
  }
}
