package confab.participant;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.protocol.address.EdgeAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EdgeListTest {
  private final EdgesInMemory deployment = new EdgesInMemory("edge-1", "edge-2");
  private final EdgeAddress first = deployment.edge("edge-1").address;
  private final EdgeAddress second = deployment.edge("edge-2").address;
  private final EdgeList edges = new EdgeList(deployment);

  private static long in(long seconds) {
    return System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void theOthersComeFirst() throws Exception {
    edges.renew();

    assertThat(edges.all()).containsExactly(first, second);
    assertThat(edges.otherThan(first)).containsExactly(second);
    assertThat(edges.withLast(first)).containsExactly(second, first);
  }

  @Test
  void theListIsRenewedNowAndThen() throws Exception {
    deployment.edge("edge-2").listed = false;
    edges.renew();
    deployment.edge("edge-2").listed = true;
    edges.renewWhenOld(in(1));
    assertThat(edges.all()).containsExactly(first);
    edges.renewWhenOld(in(6));
    await().until(() -> edges.all().size() == 2);

    deployment.edge("edge-1").listed = false;
    edges.renewWhenOld(in(30));
    assertThat(edges.all()).containsExactly(first, second);
    edges.renewWhenOld(in(40));
    await().until(() -> edges.all().size() == 1);
  }

  @Test
  void anApiThatDoesNotAnswerTakesNothingAway() throws Exception {
    edges.renew();
    deployment.mute = true;
    edges.renewWhenOld(in(6));
    deployment.mute = false;
    edges.renewWhenOld(in(7));

    assertThat(edges.all()).containsExactly(first, second);
  }
}
