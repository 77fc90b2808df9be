package confab.edge;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.bus.Bus;
import confab.bus.LocalBus;
import confab.bus.Subject;
import confab.protocol.EdgeNotice;
import confab.protocol.EdgeRun;
import confab.protocol.ResumeToken;
import confab.protocol.Seal;
import confab.protocol.address.EdgeAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Edges that find each other, and where they send participants.
class EdgeDirectoryTest {
  private final LocalBus.Network network = new LocalBus.Network();
  private final Seal seal = Seal.by(List.of(ResumeToken.key("shared")));
  private final List<EdgeDirectory> started = new ArrayList<>();

  private EdgeDirectory start(EdgeNotice self) {
    var directory = new EdgeDirectory(network.connect(), seal, () -> self);
    started.add(directory);
    return directory;
  }

  @AfterEach
  void close() {
    started.forEach(EdgeDirectory::close);
  }

  private static EdgeNotice edge(long run, int sessions, boolean draining) {
    return new EdgeNotice(
        new EdgeRun(run),
        "edge-" + run,
        Optional.of(URI.create("https://edge" + run + ".example:4433/wt")),
        List.of(),
        Optional.empty(),
        sessions,
        100,
        draining,
        Optional.empty());
  }

  private static List<String> names(EdgeDirectory directory) {
    return directory.open().stream().map(EdgeNotice::name).sorted().toList();
  }

  @Test
  void edgesFindEachOtherAtOnceAndTheDrainingAreNotOpen() {
    EdgeDirectory one = start(edge(1, 0, false));
    EdgeDirectory two = start(edge(2, 0, false));
    EdgeDirectory three = start(edge(3, 0, true));
    await().until(() -> names(one).equals(List.of("edge-2")) && one.others().size() == 2);
    await().until(() -> names(two).equals(List.of("edge-1")));
    await().until(() -> names(three).equals(List.of("edge-1", "edge-2")));
  }

  @Test
  void anEdgeThatFallsSilentIsForgotten() {
    EdgeDirectory one = start(edge(1, 0, false));
    EdgeDirectory two = start(edge(2, 0, false));
    await().until(() -> names(one).equals(List.of("edge-2")));
    two.close();
    await().until(() -> one.others().isEmpty());
  }

  @Test
  void whoseClockDiffersIsKnown() {
    EdgeDirectory one = start(edge(1, 0, false));
    Duration ahead = Duration.ofSeconds(40);
    var two =
        new EdgeDirectory(
            network.connect(), seal, () -> at(edge(2, 0, false), Instant.now().plus(ahead)));
    started.add(two);
    await().until(() -> one.clockDifference() > 39);
    assertThat(one.clockDifference()).isLessThanOrEqualTo(40);
    assertThat(two.clockDifference()).isZero();
  }

  private static EdgeNotice at(EdgeNotice notice, Instant time) {
    return new EdgeNotice(
        notice.edge(),
        notice.name(),
        notice.webTransportUrl(),
        notice.certificateHashes(),
        notice.webSocketUrl(),
        notice.sessions(),
        notice.maxSessions(),
        notice.draining(),
        Optional.of(time));
  }

  @Test
  void whatIsNoNoticeIsCounted() {
    EdgeDirectory one = start(edge(1, 0, false));
    try (Bus stranger = network.connect()) {
      Bus.Attachment edges = stranger.attach(Subject.edges(), (channel, message) -> {});
      byte[] nonsense = "nonsense".getBytes(StandardCharsets.UTF_8);
      edges.publish(Bus.Channel.PRESENCE, nonsense);
      edges.publish(Bus.Channel.PRESENCE, seal.put("edges", nonsense));
      edges.publish(Bus.Channel.PRESENCE, seal.put("edges", edge(1, 5, false).toBytes()));
    }
    assertThat(one.refused()).isEqualTo(3);
    assertThat(one.others()).isEmpty();
  }

  @Test
  void whoHasNotTheKeyOrRepeatsWhatAnEdgeSaidLongAgoSendsNobodyElsewhere() {
    EdgeDirectory one = start(edge(1, 0, false));
    try (Bus stranger = network.connect()) {
      Bus.Attachment edges = stranger.attach(Subject.edges(), (channel, message) -> {});
      Seal other = Seal.by(List.of(ResumeToken.key("other")));
      Instant longAgo = Instant.now().minus(Duration.ofMinutes(2));
      edges.publish(Bus.Channel.PRESENCE, edge(2, 0, false).toBytes());
      edges.publish(Bus.Channel.PRESENCE, other.put("edges", edge(2, 0, false).toBytes()));
      edges.publish(
          Bus.Channel.PRESENCE, seal.put("edges", at(edge(2, 0, false), longAgo).toBytes()));
    }
    assertThat(one.refused()).isEqualTo(3);
    assertThat(one.others()).isEmpty();
  }

  @Test
  void participantsAreSentToTheLeastLoadedFirst() {
    EdgeNotice self = edge(1, 50, false);
    EdgeDirectory directory = start(self);
    start(edge(2, 90, false));
    start(edge(3, 10, false));
    start(edge(4, 1, true));
    await().until(() -> directory.others().size() == 3);
    var urls =
        new EdgeUrls(new InetSocketAddress("127.0.0.1", 4433), true, EdgeConfig.onLoopback());
    var choice = new EdgeChoice(urls, () -> self, directory, true);

    List<EdgeAddress> answer = choice.answer("meet.example", true, true);

    assertThat(answer).extracting(EdgeAddress::name).containsExactly("edge-3", "edge-1", "edge-2");
    assertThat(answer)
        .extracting(EdgeAddress::webSocket)
        .first()
        .hasToString("wss://meet.example/ws?edge=edge-3");
    assertThat(answer)
        .extracting(each -> String.valueOf(each.webTransport()))
        .containsExactly(
            "https://edge3.example:4433/wt",
            "https://meet.example:4433/wt",
            "https://edge2.example:4433/wt");
    assertThat(choice.answer("meet.example", true, false))
        .extracting(EdgeAddress::name)
        .containsExactly("edge-3", "edge-2");
  }
}
