package confab.cli;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import confab.cli.HeadlessParticipant.Config;
import confab.cli.HeadlessParticipant.Transport;
import confab.codec.Pcm;
import confab.codec.WavReader;
import confab.edge.Edge;
import confab.edge.EdgeConfig;
import confab.protocol.CloseReason;
import confab.protocol.EdgeAddress;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.rig.Patience;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Real participants on a real edge in this process.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class HeadlessCallTest {

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

  private static HeadlessParticipant join(
      String room, String user, Transport transport, Diary diary) throws JoinException {
    return HeadlessParticipant.connect(new Config(url, room, user, transport), diary);
  }

  private record Result(int code, String out, String err) {}

  private static Result run(byte[] input, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code =
        Main.run(
            new ByteArrayInputStream(input),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            args);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource(names = {"WEBTRANSPORT", "WEBSOCKET"})
  void aToneThatOneStreamsIsWhatAnotherHears(Transport transport) throws Exception {
    String room = "tone-" + transport.label();
    String options = "--url %s --room %s --transport %s ".formatted(url, room, transport.label());
    Path wav = directory.resolve("heard.wav");
    Result listened;
    var diary = new Diary();
    try (var watcher = join(room, "watcher", transport, diary)) {
      // For longer than anybody listens, however long that takes to begin.
      String stream =
          "stream --user robot --name Robö --tone 440 --duration %ds %s"
              .formatted(Patience.seconds(), options);
      Thread.ofVirtual().start(() -> run(new byte[0], stream.split(" ")));
      // A second of it first: the code on the way is slow until it has run for a while.
      await().until(() -> watcher.roster().size() == 2 && diary.frames.size() > 50);
      String listen = "listen --user ear --duration 3s --json --out " + wav + " " + options;
      listened = run(new byte[0], listen.split(" "));
      assertThat(watcher.isOpen()).as("the edge takes its receiver reports").isTrue();
    }

    assertThat(listened.err()).isEmpty();
    assertThat(listened.code()).isZero();
    JsonObject report = JsonParser.parseString(listened.out()).getAsJsonObject();
    assertThat(report.get("transport").getAsString()).isEqualTo(transport.label());
    assertThat(report.get("resumes").getAsInt()).isZero();
    assertThat(report.get("moves").getAsInt()).isZero();
    // QUIC may send a datagram again when it probes.
    assertThat(report.get("duplicates").getAsInt()).isLessThan(10);
    JsonObject robot = participant(report, "Robö");
    assertThat(robot.get("frames").getAsInt()).as(listened.out()).isBetween(100, 200);
    assertThat(robot.get("bytes").getAsInt()).isGreaterThan(100 * 20);
    assertThat(robot.get("number").getAsLong()).isPositive();
    assertThat(participant(report, "watcher").get("frames").getAsInt()).isZero();

    short[] heard = new short[3 * Pcm.SAMPLE_RATE];
    try (var reader = WavReader.open(wav)) {
      assertThat(reader.read(heard)).isTrue();
      assertThat(reader.read(new short[1])).isFalse();
    }
    assertThat(median(heard, 440)).as(listened.out()).isCloseTo(0.25, within(0.06));
    assertThat(median(heard, 880)).isLessThan(0.02);
  }

  /// The median amplitude of the stretches of 100 ms after the first second: a machine under load
  /// tears a stretch now and then, which shifts the phase of what follows.
  private static double median(short[] samples, double hertz) {
    int stretch = Pcm.SAMPLE_RATE / 10;
    double[] amplitudes =
        IntStream.range(10, samples.length / stretch)
            .mapToObj(i -> Arrays.copyOfRange(samples, i * stretch, (i + 1) * stretch))
            .mapToDouble(each -> amplitude(each, hertz))
            .sorted()
            .toArray();
    return amplitudes[amplitudes.length / 2];
  }

  private static JsonObject participant(JsonObject report, String name) {
    for (var each : report.getAsJsonArray("participants")) {
      if (each.getAsJsonObject().get("name").getAsString().equals(name)) {
        return each.getAsJsonObject();
      }
    }
    throw new AssertionError(name + " is not in " + report);
  }

  private static double amplitude(short[] samples, double hertz) {
    double real = 0;
    double imaginary = 0;
    for (int i = 0; i < samples.length; i++) {
      double angle = 2 * Math.PI * hertz * i / Pcm.SAMPLE_RATE;
      real += samples[i] * Math.cos(angle);
      imaginary += samples[i] * Math.sin(angle);
    }
    return 2 * Math.hypot(real, imaginary) / samples.length / 32768;
  }

  @Test
  void samplesFromStandardInputAreSpokenToTheirEnd() {
    Result result =
        run(
            new byte[2 * 960 * 10],
            "stream",
            "--url",
            url,
            "--room",
            "stdin",
            "--user",
            "robot",
            "--file",
            "-");

    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).startsWith("spoke 0.2 s over webtransport: 10 frames");
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
    var config = new Config(url(first), "back", "robot", transport);
    try (var robot = HeadlessParticipant.connect(config, diary)) {
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
    var config = new Config(url, "cut-" + transport.label(), "zoe", transport);
    var diaryOfZoe = new Diary();
    var diaryOfAdam = new Diary();
    var network = new Cuttable(new Dialer(config, diaryOfZoe::notice));
    try (var adam = join(config.room(), "adam", transport, diaryOfAdam);
        var zoe = HeadlessParticipant.connect(config, diaryOfZoe, network)) {
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

  private static String nameOf(int number, HeadlessParticipant asked) {
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
    public List<EdgeAddress> edges() throws JoinException {
      return network.edges();
    }

    @Override
    public Link dial(EdgeAddress edge, Link.Receiver to) throws JoinException {
      receiver = to;
      return network.dial(edge, to);
    }

    void cut() {
      receiver.onEnd(new HeadlessParticipant.Ending(Optional.empty(), "cut"));
    }
  }
}
