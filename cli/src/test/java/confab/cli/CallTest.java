package confab.cli;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import confab.access.TokenKeys;
import confab.codec.Pcm;
import confab.codec.WavReader;
import confab.edge.Edge;
import confab.edge.EdgeConfig;
import confab.edge.access.AccessConfig;
import confab.participant.Session;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import confab.participant.Transport;
import confab.protocol.Frame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The verbs on a real edge in this process.
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

  private static final class FrameCounter implements SessionListener {
    final AtomicInteger frames = new AtomicInteger();

    @Override
    public void frame(Frame frame) {
      frames.incrementAndGet();
    }
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

  @Test
  void whoSaysMoreThanTheTokenAllowsIsToldSoOnce() throws Exception {
    String key = "main=a secret that is as long as the hash is";
    var access = AccessConfig.byTokens(TokenKeys.parse(List.of(key)));
    try (Edge asking = Edge.start(EdgeConfig.onLoopback().withAccess(access))) {
      String create = "token create --room demo --user ann --expires 1h --max-bitrate 16k --key";
      String token = run(Stream.concat(words(create), Stream.of(key))).out().strip();
      String stream = "stream --url %s --room demo --user ann --tone 440 --duration 5s --token %s";
      Result spoken = run(words(stream.formatted(url(asking), token)));
      assertThat(spoken.code()).as(spoken.err()).isZero();
      assertThat(spoken.err()).containsOnlyOnce("the token allows 16000 bit/s");
    }
  }

  private static Stream<String> words(String line) {
    return Stream.of(line.split(" "));
  }

  private static Result run(Stream<String> words) {
    return run(new byte[0], words.toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource(names = {"WEBTRANSPORT", "WEBSOCKET"})
  void aToneThatOneStreamsIsWhatAnotherHears(Transport transport) throws Exception {
    String room = "tone-" + transport.label();
    String options = "--url %s --room %s --transport %s ".formatted(url, room, transport.label());
    Path wav = directory.resolve("heard.wav");
    Result listened;
    var counter = new FrameCounter();
    var config = new SessionConfig(url, room, "watcher", transport);
    try (var watcher = Session.join(config, counter)) {
      String stream = "stream --user robot --name Robö --tone 440 --duration 120s " + options;
      Thread.ofVirtual().start(() -> run(new byte[0], stream.split(" ")));
      // A second of it first: the code on the way is slow until it has run for a while.
      await().until(() -> watcher.roster().size() == 2 && counter.frames.get() > 50);
      String listen = "listen --user ear --duration 3s --json --out " + wav + " " + options;
      listened = run(new byte[0], listen.split(" "));
      assertThat(watcher.isOpen()).as("the edge takes its receiver reports").isTrue();
    }

    assertThat(listened.err())
        .isEqualTo("joined as ear over %s, 2 others\n".formatted(transport.label()));
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
            "--stdin-pcm");

    assertThat(result.code()).isZero();
    assertThat(result.err()).isEqualTo("joined as robot over webtransport, 0 others\n");
    assertThat(result.out()).startsWith("spoke 0.2 s over webtransport: 10 frames");
  }
}
