package confab.e2e;

import static confab.e2e.Hearing.awaitVoice;
import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.participant.SessionConfig;
import confab.participant.Transport;
import confab.protocol.Event;
import confab.protocol.Participant;
import confab.rig.Patience;
import confab.rig.browser.Tab;
import confab.rig.browser.Voice;
import confab.rig.process.Cluster;
import confab.rig.process.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// One room across three edges, which are killed, frozen and drained in mid-sentence, with real
/// NATS servers and a real load balancer. First, since it takes longest beside others.
@Order(1)
class ClusterTest {
  private static final Voice ALICE = new Voice(150);
  private static final Voice BOB = new Voice(230);

  @RegisterExtension static final Person ALICES = new Person(ALICE);
  @RegisterExtension static final Person BOBS = new Person(BOB);

  @TempDir static Path directory;
  private static Site site;
  private static Cluster cluster;
  private static int rooms;

  private final String room = "room-" + rooms++;
  private final List<Robot> robots = new ArrayList<>();

  @BeforeAll
  static void up() throws Exception {
    site = Tool.site(directory);
    cluster = Cluster.up(site);
    cluster.awaitWhole();
  }

  @AfterAll
  static void down() {
    site.close();
  }

  @AfterEach
  void leave() throws Exception {
    robots.forEach(Robot::close);
    // So that a test that fails leaves the others all they need.
    cluster.mend();
    cluster.awaitWhole();
  }

  private Robot join(String user, Transport transport) throws Exception {
    Robot robot = Robot.join(cluster.pageUrl(), room, user, transport);
    robots.add(robot);
    return robot;
  }

  /// Joins until it is on another edge than those: which one the API prefers is not for the client
  /// to say.
  private Robot joinElsewhere(String user, Transport transport, Robot... others) throws Exception {
    while (true) {
      Robot robot = Robot.join(cluster.pageUrl(), room, user, transport);
      if (List.of(others).stream().noneMatch(other -> other.edge().equals(robot.edge()))) {
        robots.add(robot);
        return robot;
      }
      robot.close();
    }
  }

  private static void awaitHearing(Robot listener, Robot speaker) {
    int before = listener.lastHeardOf(speaker);
    await().until(() -> listener.lastHeardOf(speaker) > before + 25);
  }

  private static void awaitRoster(int size, Robot... all) {
    for (Robot each : all) {
      await().until(() -> each.seat().roster().size() == size);
    }
  }

  @Test
  void everybodySeesAndHearsEverybodyOnWhateverEdge() throws Exception {
    Robot alice = join("alice", Transport.WEBTRANSPORT).speak();
    Robot bob = joinElsewhere("bob", Transport.WEBSOCKET, alice).speak();
    Robot carol = joinElsewhere("carol", Transport.WEBTRANSPORT, alice, bob).speak();

    awaitRoster(3, alice, bob, carol);
    for (Robot listener : robots) {
      for (Robot speaker : robots) {
        if (speaker != listener) {
          awaitHearing(listener, speaker);
        }
      }
    }
    bob.seat().rename("Robert");
    await().until(() -> alice.view(bob).orElseThrow().name().value().equals("Robert"));
    assertThat(robots).extracting(each -> each.seat().number()).doesNotHaveDuplicates();
  }

  @Test
  void whoSpeaksOnAnEdgeThatIsKilledIsHeardAgainAndNobodyLeaves() throws Exception {
    Robot alice = join("alice", Transport.WEBTRANSPORT).speak();
    Robot bob = joinElsewhere("bob", Transport.WEBTRANSPORT, alice);
    awaitRoster(2, alice, bob);
    alice.seat().mute(true);
    alice.seat().mute(false);
    awaitHearing(bob, alice);
    long before = bob.joinsAndLeaves();
    int number = alice.seat().number();
    String dead = alice.edge();

    cluster.kill(dead);

    awaitHearing(bob, alice);
    assertThat(alice.seat().number()).isEqualTo(number);
    assertThat(alice.becameSomebodyElse).isFalse();
    assertThat(alice.edge()).isNotEqualTo(dead);
    cluster.start(dead);
    cluster.awaitWhole();
    assertThat(bob.joinsAndLeaves()).isEqualTo(before);
    assertThat(bob.seat().roster()).hasSize(2);
  }

  @Test
  void whoListensOnAnEdgeThatFreezesHearsOnAndTheOldPlaceIsNoGhost() throws Exception {
    Robot alice = join("alice", Transport.WEBTRANSPORT).speak();
    Robot bob = joinElsewhere("bob", Transport.WEBSOCKET, alice);
    awaitRoster(2, alice, bob);
    awaitHearing(bob, alice);
    long before = alice.joinsAndLeaves();
    String frozen = bob.edge();

    cluster.freeze(frozen);
    awaitHearing(bob, alice);
    assertThat(bob.resumes).hasValue(1);
    assertThat(bob.becameSomebodyElse).isFalse();

    cluster.thaw(frozen);
    await().until(() -> Metric.sum(cluster.url(frozen), "confab_sessions{") == 0);
    cluster.awaitWhole();
    assertThat(alice.joinsAndLeaves()).isEqualTo(before);
    assertThat(alice.seat().roster()).hasSize(2);
    awaitHearing(bob, alice);
  }

  @Test
  void aDrainedEdgeEndsAndNotAFrameIsLost() throws Exception {
    Robot alice = join("alice", Transport.WEBTRANSPORT).speak();
    Robot bob = joinElsewhere("bob", Transport.WEBTRANSPORT, alice).speak();
    awaitRoster(2, alice, bob);
    awaitHearing(bob, alice);
    awaitHearing(alice, bob);
    List<Long> before = List.of(alice.joinsAndLeaves(), bob.joinsAndLeaves());
    String drained = alice.edge();

    cluster.drain(drained);

    awaitHearing(bob, alice);
    awaitHearing(alice, bob);
    assertThat(alice.resumes).hasValue(1);
    for (List<Integer> heard : List.of(bob.sequencesOf(alice), alice.sequencesOf(bob))) {
      assertThat(heard).doesNotHaveDuplicates();
      assertThat(heard.getLast() - heard.getFirst()).isEqualTo(heard.size() - 1);
    }
    assertThat(List.of(alice.joinsAndLeaves(), bob.joinsAndLeaves())).isEqualTo(before);
  }

  @Test
  void whoDiesWithTheEdgeIsGoneWithinFiveSeconds() throws Exception {
    var mortal =
        new SessionConfig(cluster.pageUrl(), room, "mortal", Transport.WEBSOCKET)
            .withPatience(Duration.ZERO);
    Robot one = Robot.join(mortal);
    robots.add(one);
    Robot witness = joinElsewhere("witness", Transport.WEBSOCKET, one);
    Robot leaver = join("leaver", Transport.WEBSOCKET);
    awaitRoster(3, witness);
    leaver.close();
    Duration control = Patience.time(() -> awaitRoster(2, witness));

    cluster.kill(one.edge());

    assertThat(Patience.time(() -> awaitRoster(1, witness)))
        .isLessThan(Patience.promise(Duration.ofSeconds(5), control));
  }

  @Test
  void withoutNatsThoseOnOneEdgeTalkOnAndAllIsWellWhenItReturns() throws Exception {
    Robot alice = join("alice", Transport.WEBSOCKET).speak();
    Robot bob = joinElsewhere("bob", Transport.WEBSOCKET, alice).speak();
    Robot neighbour = join("neighbour", Transport.WEBSOCKET);
    while (!neighbour.edge().equals(alice.edge())) {
      neighbour.close();
      neighbour = join("neighbour", Transport.WEBSOCKET);
    }
    awaitRoster(3, alice, bob, neighbour);
    long before = alice.joinsAndLeaves();

    for (String nats : Cluster.natsServers()) {
      cluster.kill(nats);
    }

    await().until(() -> cluster.readiness(bob.edge()).equals("degraded: NATS is out of reach"));
    await().until(() -> alice.events.contains(new Event.Reach(false)));
    await().until(() -> isAway(alice.view(bob)) && isAway(bob.view(alice)));
    awaitHearing(neighbour, alice);

    for (String nats : Cluster.natsServers()) {
      cluster.start(nats);
    }
    await().until(() -> alice.events.contains(new Event.Reach(true)));
    await().until(() -> !isAway(alice.view(bob)) && !isAway(bob.view(alice)));
    awaitHearing(bob, alice);
    awaitHearing(alice, bob);
    assertThat(alice.joinsAndLeaves()).isEqualTo(before);
    assertThat(alice.seat().roster()).hasSize(3);
    assertThat(cluster.readiness(bob.edge())).isEqualTo("ready");
  }

  /// One page on each transport, both through the load balancer; first the one's edge is killed,
  /// then the other's is drained.
  @Test
  void pagesHearEachOtherOnWhateverHappensToTheirEdges() throws Exception {
    String meeting = cluster.pageUrl() + "/meeting/";
    Tab alice = ALICES.newTab().join(meeting + "alice/" + room);
    Tab bob = BOBS.newTab().join(meeting + "bob/" + room + "?transport=websocket");
    awaitVoice(bob, ALICE);
    awaitVoice(alice, BOB);

    String killed = edgeWith("webtransport");
    cluster.kill(killed);
    awaitVoice(bob, ALICE);
    awaitVoice(alice, BOB);
    cluster.start(killed);
    cluster.awaitWhole();

    String drained = edgeWith("websocket");
    cluster.drain(drained);
    awaitVoice(bob, ALICE);
    awaitVoice(alice, BOB);
    assertThat(alice.participant("bob").count()).isEqualTo(1);
    assertThat(bob.participant("alice").count()).isEqualTo(1);
  }

  private static String edgeWith(String transport) {
    String series = "confab_sessions{transport=\"" + transport + "\"}";
    return Cluster.edges().stream()
        .filter(edge -> Metric.sum(cluster.url(edge), series) > 0)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isAway(Optional<Participant> participant) {
    return participant.map(Participant::away).orElse(false);
  }
}
