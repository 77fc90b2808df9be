package confab.e2e;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import confab.edge.Edge;
import confab.edge.EdgeConfig;
import confab.participant.Session;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import confab.participant.Transport;
import confab.protocol.Event;
import confab.rig.browser.Chromium;
import confab.rig.browser.Tab;
import confab.room.RoomLimits;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// However somebody goes, nobody stays behind as a ghost.
@SuppressWarnings("NullAway.Init") // every test opens a room first
class DepartureTest {
  @RegisterExtension static final Person BROWSER = Person.silent();

  /// Looks within the page, since from outside one may come too late for what is shown for six
  /// seconds.
  private static final String NOTE_WHO_IS_AWAY =
      """
      () => {
        const everything = (root) => [...root.querySelectorAll('*')]
            .flatMap((e) => [e, ...(e.shadowRoot ? everything(e.shadowRoot) : [])]);
        globalThis.seen = { away: false };
        const timer = setInterval(() => {
          if (everything(document).some((e) => e.checkVisibility() && e.childElementCount === 0
              && /reconnecting/i.test(e.textContent))) {
            seen.away = true;
            clearInterval(timer);
          }
        }, 200);
      }
      """;

  private Edge edge;
  private Tab stayer;

  private void open(EdgeConfig config) throws Exception {
    edge = Edge.start(config);
    stayer = BROWSER.newTab().join(meeting("stayer"));
  }

  @AfterEach
  void stop() {
    stayer.page().close();
    edge.close();
  }

  /// A reload is not told from a connection that broke: the page comes back by itself and is the
  /// same participant.
  @Test
  void aReloadedPageIsTheSameParticipant() throws Exception {
    open(Tool.edgeConfig());
    var events = new CopyOnWriteArrayList<Event>();
    SessionListener witness =
        new SessionListener() {
          @Override
          public void event(Event event) {
            events.add(event);
          }
        };
    try (var seat = Session.join(config("witness"), witness)) {
      Tab guest = BROWSER.newTab().join(meeting("guest"));
      await().until(() -> seat.roster().size() == 3);
      guest.page().reload();
      guest.waitForStatus("WebTransport");
      assertThat(stayer.participant("guest").count()).isEqualTo(1);
      assertThat(events).filteredOn(Event.Joined.class::isInstance).hasSize(1);
      assertThat(events).noneMatch(Event.Left.class::isInstance);
      guest.button("Leave").click();
      awaitGuests(0);
      guest.page().close();
    }
  }

  /// Nobody waits for the 20 s that somebody is given whose network broke.
  @Test
  void aClosedTabIsGoneWithinMomentsAndALeaveIsGoneAtOnce() throws Exception {
    open(Tool.edgeConfig());
    Tab guest = BROWSER.newTab().join(meeting("guest"));
    awaitGuests(1);
    long closed = System.nanoTime();
    guest.page().close(new Page.CloseOptions().setRunBeforeUnload(true));
    awaitGuests(0);
    assertThat(Duration.ofNanos(System.nanoTime() - closed)).isLessThan(Duration.ofSeconds(15));

    Tab again = BROWSER.newTab().join(meeting("guest"));
    awaitGuests(1);
    again.button("Leave").click();
    awaitGuests(0);
    again.page().close();
  }

  @Test
  void aKilledBrowserIsAwayThenGone() throws Exception {
    isAwayThenGone(Chromium::kill);
  }

  /// Its browser tidies up after it, and would have it leave.
  @Test
  void aCrashedPageIsAwayThenGone() throws Exception {
    isAwayThenGone(Chromium::crashPages);
  }

  private void isAwayThenGone(Consumer<Chromium> how) throws Exception {
    open(hasty());
    try (Chromium guests = Chromium.silent()) {
      guests.newTab().join(meeting("guest"));
      awaitGuests(1);
      stayer.page().evaluate(NOTE_WHO_IS_AWAY);
      how.accept(guests);
      stayer.page().waitForFunction("() => seen.away");
      awaitGuests(0);
    }
  }

  @Test
  void aPageComesBackByItselfWhenItsEdgeDoes() throws Exception {
    open(Tool.edgeConfig());
    EdgeConfig config =
        Tool.edgeConfig()
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

  /// Less than half of the default times, to keep those tests short that wait for somebody to be
  /// given up. Between them somebody is seen to be away, for six seconds.
  private static EdgeConfig hasty() {
    RoomLimits limits =
        RoomLimits.defaults()
            .with(
                it -> {
                  it.idleTimeout = Duration.ofSeconds(3);
                  it.resumeWindow = Duration.ofSeconds(9);
                });
    return Tool.edgeConfig().withLimits(limits);
  }

  private SessionConfig config(String user) {
    String url = "http://localhost:" + edge.httpAddress().getPort();
    return new SessionConfig(url, "demo", user, Transport.WEBSOCKET);
  }

  private void awaitGuests(int count) {
    await().until(() -> stayer.participant("guest").count() == count);
  }

  private String meeting(String user) {
    return "http://localhost:" + edge.httpAddress().getPort() + "/meeting/" + user + "/demo";
  }
}
