package confab.participant;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import confab.edge.Edge;
import confab.edge.EdgeConfig;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.address.EdgeAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Real participants on a real edge in this process.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class CallTest {

  private static Edge edge;
  private static String url;

  @TempDir Path directory;

  @BeforeAll
  static void startEdge() throws Exception {
    edge = Edge.start(EdgeConfig.onLoopback());
    url = url(edge);
  }

  @AfterAll
  static void stopEdge() {
    edge.close();
  }

  private static String url(Edge edge) {
    InetSocketAddress address = edge.httpAddress();
    return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  private static Session join(String room, String user, Transport transport, Diary diary)
      throws JoinException {
    return Session.join(new SessionConfig(url, room, user, transport), diary);
  }

  @ParameterizedTest
  @EnumSource(names = {"WEBTRANSPORT", "WEBSOCKET"})
  void participantsSeeEachOtherComeChangeAndGo(Transport transport) throws Exception {
    String room = "meeting-" + transport.label();
    var diary = new Diary();
    try (var zoe = join(room, "zoe", transport, diary)) {
      assertThat(zoe.transport()).isEqualTo(transport);
      assertThat(zoe.welcome().room().value()).isEqualTo(room);
      assertThat(zoe.roster()).containsExactly(zoe.you());

      var adam = join(room, "adam", transport, new Diary());
      assertThat(adam.number()).isNotEqualTo(zoe.number());
      await().until(() -> zoe.roster().contains(adam.you()));
      adam.rename("Adam the First");
      adam.mute(true);
      adam.deafen(true);
      await().until(() -> adam.you().muted() && adam.you().deafened() && zoe.roster().size() == 2);
      await().until(() -> zoe.roster().contains(adam.you()));
      assertThat(adam.you().name().value()).isEqualTo("Adam the First");
      adam.close();

      var left = new Event.Left(adam.number(), CloseReason.LEFT);
      await().until(() -> diary.events.contains(left));
      assertThat(zoe.roster()).containsExactly(zoe.you());
      assertThat(adam.isOpen()).isFalse();
      assertThat(adam.ending().orElseThrow().reason()).contains(CloseReason.LEFT);
      await().until(() -> zoe.roundTrip().isPositive());
    }
    assertThat(diary.endings).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"WEBTRANSPORT", "WEBSOCKET"})
  void framesArriveWithTheNumberOfWhoSentThem(Transport transport) throws Exception {
    String room = "frames-" + transport.label();
    var diary = new Diary();
    try (var ear = join(room, "ear", transport, diary);
        var mouth = join(room, "mouth", transport, new Diary())) {
      byte[] payload = {1, 2, 3};
      var sequence = new AtomicInteger();
      await()
          .until(
              () -> {
                mouth.send(new Frame(false, 30, 0, sequence.getAndIncrement(), 960, payload));
                return !diary.frames.isEmpty();
              });

      Frame frame = diary.frames.getFirst();
      assertThat(frame.participant()).isEqualTo(mouth.number());
      assertThat(frame.payload()).isEqualTo(payload);
      assertThat(frame.level()).isEqualTo(30);
      assertThat(ear.isOpen()).isTrue();
    }
  }

  @Test
  void whatTheEdgeRefusesCarriesItsCode() {
    assertThatThrownBy(() -> join("demo", "not a user", Transport.AUTO, new Diary()))
        .isInstanceOfSatisfying(
            JoinException.class,
            e -> {
              assertThat(e.error()).isEqualTo("bad_user");
              assertThat(e.isRefusal()).isTrue();
              assertThat(e).hasMessageNotContaining("\n");
            });
  }

  @ParameterizedTest
  @EnumSource(names = {"WEBTRANSPORT", "WEBSOCKET"})
  void anEdgeThatEndsSaysSoAndIsEnteredAgainWhenItIsBack(Transport transport) throws Exception {
    var first = Edge.start(EdgeConfig.onLoopback());
    int port = first.httpAddress().getPort();
    var diary = new Diary();
    var config = new SessionConfig(url(first), "back", "robot", transport);
    try (var robot = Session.join(config, diary)) {
      first.close();
      await().until(() -> diary.notices.toString().contains("(shutdown)"));
      assertThat(robot.isOpen()).isTrue();

      var samePort = EdgeConfig.onLoopback().withPorts(new EdgeConfig.Ports(port, 0, 0));
      try (var second = Edge.start(samePort)) {
        await().until(() -> !diary.changes.isEmpty());
        assertThat(robot.isOpen()).isTrue();
        assertThat(robot.roster()).containsExactly(robot.you());
        assertThat(second.httpAddress().getPort()).isEqualTo(port);
        assertThat(diary.endings).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WEBTRANSPORT", "WEBSOCKET"})
  void whoseConnectionIsCutIsTheSameParticipantOnTheNext(Transport transport) throws Exception {
    var config = new SessionConfig(url, "cut-" + transport.label(), "zoe", transport);
    var diaryOfZoe = new Diary();
    var diaryOfAdam = new Diary();
    var network = new Cuttable(new Dialler(config, diaryOfZoe::notice));
    try (var adam = join(config.room(), "adam", transport, diaryOfAdam);
        var zoe = Session.join(config, diaryOfZoe, network)) {
      int number = zoe.number();
      zoe.mute(true);
      await().until(() -> zoe.you().muted() && adam.roster().contains(zoe.you()));
      network.cut();
      await().until(() -> !diaryOfZoe.changes.isEmpty());

      assertThat(diaryOfZoe.changes).containsExactly(new Diary.Change(zoe.edge(), true));
      assertThat(zoe.number()).isEqualTo(number);
      assertThat(zoe.you().muted()).isTrue();
      assertThat(zoe.stats().resumes()).isEqualTo(1);
      zoe.rename("Zoe again");
      await().until(() -> nameOf(number, adam).equals("Zoe again"));
      assertThat(diaryOfAdam.events)
          .noneMatch(event -> event instanceof Event.Left)
          .filteredOn(event -> event instanceof Event.Joined)
          .hasSize(1);
      assertThat(diaryOfZoe.events).noneMatch(event -> event instanceof Event.Joined);
    }
  }

  private static String nameOf(int number, Session asked) {
    return asked.roster().stream()
        .filter(each -> each.number() == number)
        .map(each -> each.name().value())
        .findFirst()
        .orElse("");
  }

  /// The network, whose last link can be cut: the participant takes it for lost.
  @SuppressWarnings("NullAway.Init") // there is a link before it is cut
  private static final class Cuttable implements Deployment {
    private final Deployment network;
    private volatile Link.Receiver receiver;

    Cuttable(Deployment network) {
      this.network = network;
    }

    @Override
    public List<EdgeAddress> edges(String session) throws JoinException {
      return network.edges(session);
    }

    @Override
    public Link dial(EdgeAddress edge, Link.Receiver to) throws JoinException {
      receiver = to;
      return network.dial(edge, to);
    }

    void cut() {
      receiver.onEnd(new Session.Ending(Optional.empty(), "cut"));
    }
  }
}
