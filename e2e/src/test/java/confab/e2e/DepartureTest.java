package confab.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import confab.edge.Edge;
import confab.edge.EdgeConfig;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// However somebody goes, nobody stays behind as a ghost.
class DepartureTest {
  private Edge edge;
  private Chromium stayers;
  private Tab stayer;

  @BeforeEach
  void start() throws Exception {
    edge = Edge.start(EdgeConfig.onLoopback());
    stayers = Chromium.speaking(new Voice(150));
    stayer = stayers.newTab().join(meeting("stayer"));
  }

  @AfterEach
  void stop() {
    stayers.close();
    edge.close();
  }

  @Test
  void aReloadedPageIsOneParticipantAgain() throws Exception {
    try (Chromium guests = Chromium.speaking(new Voice(200))) {
      Tab guest = guests.newTab().join(meeting("guest"));
      stayer.participant("guest").waitFor();
      guest.page().reload();
      awaitGuests(0);
      guest.button("Join").click();
      awaitGuests(1);
    }
  }

  @Test
  void aClosedTabAndALeaveFreeTheParticipant() throws Exception {
    try (Chromium guests = Chromium.speaking(new Voice(200))) {
      Tab guest = guests.newTab().join(meeting("guest"));
      awaitGuests(1);
      guest.page().close();
      awaitGuests(0);

      Tab again = guests.newTab().join(meeting("guest"));
      awaitGuests(1);
      again.button("Leave").click();
      awaitGuests(0);
    }
  }

  @Test
  void aKilledBrowserIsGoneWithinTenSeconds() throws Exception {
    try (Chromium guests = Chromium.speaking(new Voice(200))) {
      guests.newTab().join(meeting("guest"));
      awaitGuests(1);
      guests.kill();
      awaitGuests(0);
    }
  }

  @Test
  void aPageComesBackByItselfWhenItsEdgeDoes() throws Exception {
    EdgeConfig config =
        EdgeConfig.onLoopback()
            .withPorts(
                new EdgeConfig.Ports(
                    edge.httpAddress().getPort(),
                    edge.httpsAddress().getPort(),
                    edge.quicAddress().getPort()));
    edge.close();
    stayer.waitForStatus("Trying again");
    edge = Edge.start(config);
    stayer.waitForStatus("WebTransport");
    assertThat(stayer.participant("stayer").count()).isEqualTo(1);
  }

  private void awaitGuests(int count) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> stayer.participant("guest").count() == count);
  }

  private String meeting(String user) {
    return "http://localhost:" + edge.httpAddress().getPort() + "/meeting/" + user + "/demo";
  }
}
