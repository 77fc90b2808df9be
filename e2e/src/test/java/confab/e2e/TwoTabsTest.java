package confab.e2e;

import static confab.e2e.Hearing.awaitVoice;
import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.participant.Session;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import confab.participant.Transport;
import confab.protocol.Event;
import confab.protocol.Participant;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Somebody who opens a link twice is told so, and is in the room once or twice as they like.
class TwoTabsTest {
  private static final Voice ALICE = new Voice(150);

  @RegisterExtension static final Person ALICES = new Person(ALICE);
  @RegisterExtension static final Person BOBS = Person.silent();
  @RegisterExtension final OneEdge edge = new OneEdge();

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private Session witness;
  private Tab first;
  private Microphone microphone;
  private Tab second;

  @BeforeEach
  void open() throws Exception {
    first = ALICES.newTab();
    microphone = Microphone.of(first);
    first.join(edge.meeting("alice"));
    SessionListener listener =
        new SessionListener() {
          @Override
          public void event(Event event) {
            events.add(event);
          }
        };
    witness =
        Session.join(
            new SessionConfig(edge.url(), "demo", "witness", Transport.WEBSOCKET), listener);
    second = ALICES.newTab();
    second.page().navigate(edge.meeting("alice"));
    second.button("Move the call here").waitFor();
  }

  @AfterEach
  void close() {
    witness.close();
  }

  private List<Integer> alices() {
    return witness.roster().stream()
        .filter(each -> each.name().value().equals("alice"))
        .map(Participant::number)
        .toList();
  }

  @Test
  void theCallMovesToTheOtherTabAndNobodyNoticesButItsOwner() {
    List<Integer> before = alices();
    first.button("Mute").click();
    first.button("Raise hand").click();
    first.button("Lower hand").waitFor();
    second.button("Move the call here").click();
    second.button("Lower hand").waitFor();
    second.button("Unmute").waitFor();

    first.page().getByText("goes on in another tab").waitFor();
    await().until(microphone::isClosed);
    first.button("Move the call here").click();
    first.button("Lower hand").waitFor();
    second.button("Move the call here").click();
    second.button("Lower hand").waitFor();
    await().until(microphone::isClosed);
    assertThat(alices()).isEqualTo(before).hasSize(1);
    assertThat(events).noneMatch(Event.Left.class::isInstance);
    try (Tab bob = BOBS.newTab().join(edge.meeting("bob"))) {
      second.button("Unmute").click();
      awaitVoice(bob, ALICE);
    }
  }

  @Test
  void whoWantsToBeThereTwiceMay() {
    second.button("Join").click();
    second.button("Leave").waitFor();
    await().until(() -> alices().size() == 2);
    assertThat(first.button("Leave").isVisible()).isTrue();
  }

  @Test
  void aTabThatWaitsAtTheDoorIsToldWhenAnotherEnters() {
    try (Tab third = ALICES.newTab();
        Tab fourth = ALICES.newTab()) {
      third.page().navigate(edge.meeting("dora"));
      fourth.page().navigate(edge.meeting("dora"));
      third.button("Join").waitFor();
      assertThat(third.button("Move the call here").count()).isZero();
      fourth.button("Join").click();
      third.button("Move the call here").waitFor();
      fourth.button("Leave").click();
      await().until(() -> third.button("Move the call here").count() == 0);
    }
  }

  @Test
  void anotherRoomIsAnotherMatter() {
    try (Tab third = ALICES.newTab()) {
      third.page().navigate(edge.meeting("alice").replace("/demo", "/other"));
      third.button("Join").waitFor();
      third.button("Join").click();
      third.button("Leave").waitFor();
      assertThat(third.button("Move the call here").count()).isZero();
    }
  }
}
