package confab.load;

import confab.load.Plan.Talk;
import confab.load.Plan.Transport;
import confab.load.link.LoadException;
import confab.load.measure.SequenceTracker;
import confab.protocol.RoomId;
import confab.protocol.address.MeetingUrl;
import confab.terminal.Durations;
import confab.terminal.Interruption;
import confab.terminal.Terminal;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command `confab load` and its options.
@Command(
    name = "confab load",
    description = "Fill rooms with participants who speak and listen, and count what arrives.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The measured time begins 2 s after everybody has come. Expected is each frame",
      "sent in it, times the others in its room; docs/OPERATIONS.md tells more.",
      "",
      "Exit codes: 0 all well, 1 not connected, connections lost or a maximum",
      "exceeded, 2 wrong usage."
    })
final class LoadCommand implements Callable<Integer> {
  private static final int MOST_ROOMS = 10_000;
  private static final int MOST_LISTENERS = 100_000;
  private static final Duration SHORTEST = Duration.ofMillis(500);

  @Option(
      names = "--url",
      paramLabel = "<url>",
      split = ",",
      description =
          "addresses of edges, of what stands before them or of their pages; only what is asked of"
              + " the session API goes through a proxy (default: http://localhost:8080)")
  private List<URI> urls = List.of(URI.create("http://localhost:8080"));

  @Option(
      names = "--edge",
      paramLabel = "<name>",
      split = ",",
      description = "load only edges of these names (default: all that the urls name, in turn)")
  private Set<String> edges = Set.of();

  @Option(
      names = "--from",
      paramLabel = "<address>",
      split = ",",
      converter = Quantities.Addresses.class,
      description =
          "addresses of this machine, or blocks such as 127.1.0.0/22, that participants come from"
              + " in turn, as if from many machines (default: any)")
  private List<InetAddress> from = List.of();

  @Mixin private TokenOptions tokens = new TokenOptions();

  @Option(
      names = "--insecure",
      description = "accept any certificate of an https address (WebTransport checks its own)")
  private boolean insecure;

  @Option(
      names = "--transport",
      paramLabel = "<transport>",
      description = "webtransport (default) or websocket")
  private Transport transport = Transport.WEBTRANSPORT;

  @Option(names = "--rooms", paramLabel = "<n>", description = "default: ${DEFAULT-VALUE}")
  private int rooms = 1;

  @Option(
      names = "--publishers",
      paramLabel = "<n>",
      description = "of each room; they listen, too (default: ${DEFAULT-VALUE})")
  private int publishers = 1;

  @Option(
      names = "--listeners",
      paramLabel = "<n>",
      description = "of each room (default: ${DEFAULT-VALUE})")
  private int listeners = 10;

  @Option(
      names = "--room-prefix",
      paramLabel = "<name>",
      description = "rooms are <name>-0, <name>-1, ... (default: ${DEFAULT-VALUE})")
  private String roomPrefix = "load";

  @Option(
      names = "--talk",
      paramLabel = "<how>",
      description =
          "always; alternating: one of a room at a time, 2 s each; dtx: 1 to 3 s speech, 1 to 3 s"
              + " silence (default: always)")
  private Talk talk = Talk.ALWAYS;

  @Option(
      names = "--bitrate",
      paramLabel = "<rate>",
      converter = Quantities.BytesPerFrame.class,
      description = "of each publisher (default: 32k)")
  private int payloadBytes = 80;

  @Option(
      names = "--loudest",
      paramLabel = "<n>",
      description =
          "the edges forward only so many speakers of a room: expect that part (default: all)")
  private int loudest;

  @Option(
      names = "--duration",
      paramLabel = "<time>",
      converter = Durations.class,
      description = "of ramp, warm-up and measured time (default: 30s)")
  private Duration duration = Duration.ofSeconds(30);

  @Option(
      names = "--ramp",
      paramLabel = "<time>",
      converter = Durations.class,
      description = "in which the connections are made (default: 10s)")
  private Duration ramp = Duration.ofSeconds(10);

  @Option(
      names = "--seed",
      paramLabel = "<n>",
      description = "who speaks when, and how loud (default: another one each time)")
  private long seed = ThreadLocalRandom.current().nextLong();

  @Option(
      names = "--max-loss",
      paramLabel = "<share>",
      converter = Quantities.Share.class,
      description = "end with 1 when more is lost, such as 0.1%%")
  private @Nullable Double maxLoss;

  @Option(
      names = "--max-p99",
      paramLabel = "<time>",
      converter = Durations.class,
      description = "end with 1 when the latency's p99 is longer, such as 40ms")
  private @Nullable Duration maxP99;

  @Option(names = "--json", description = "print the report as JSON")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  LoadCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws LoadException, InterruptedException {
    var run = new LoadRun(plan(), terminal);
    try (var _ = new Interruption(run::stop)) {
      Report report = run.run();
      if (report == null) {
        terminal.warn("stopped before anything was measured");
        return Terminal.FAILED;
      }
      terminal.say(json ? Rendering.json(report) : Rendering.table(report));
      long foreign = report.counts().foreign();
      if (foreign > 0) {
        terminal.warn(foreign + " frames that are not of this load came and do not count");
      }
      report.limits().forEach(each -> terminal.warn("this tool was the bottleneck: " + each));
      return judge(report);
    }
  }

  private int judge(Report report) {
    List<String> faults = Verdict.faults(report, maxLoss, maxP99);
    if (faults.isEmpty()) {
      return 0;
    }
    terminal.warn(String.join("; ", faults));
    return Terminal.FAILED;
  }

  private Plan plan() {
    requirePlaces();
    requireNumbers();
    Duration needed = ramp.plus(Plan.WARM_UP).plus(SHORTEST);
    require(
        duration.compareTo(needed) >= 0,
        "--duration",
        needed.toMillis() + "ms at least: the ramp, 2 s of warm-up and something to measure");
    return new Plan(
        ThreadLocalRandom.current().nextInt(1 << Short.SIZE),
        urls,
        edges,
        from,
        tokens.source(Objects.requireNonNull(spec)),
        tokens.asks(),
        insecure,
        transport,
        roomPrefix,
        rooms,
        publishers,
        listeners,
        talk,
        payloadBytes,
        loudest,
        seed,
        ramp,
        duration);
  }

  private void requirePlaces() {
    try {
      urls = urls.stream().map(url -> MeetingUrl.of(url).deployment()).toList();
    } catch (IllegalArgumentException e) {
      require(false, "--url", "an address such as http://host:8080");
    }
    require(RoomId.isValid(roomPrefix + "-" + MOST_ROOMS), "--room-prefix", "a-z, 0-9 and -");
  }

  private void requireNumbers() {
    requireBetween(1, rooms, MOST_ROOMS, "--rooms");
    requireBetween(0, publishers, SequenceTracker.MOST_PUBLISHERS, "--publishers");
    requireBetween(0, listeners, MOST_LISTENERS, "--listeners");
    require(publishers + listeners > 0, "--listeners", "more than 0 when there are no publishers");
    require(loudest >= 0, "--loudest", "0 or more");
    require(loudest == 0 || talk != Talk.DTX, "--talk", "another one than dtx with --loudest");
  }

  private void requireBetween(int least, int value, int most, String option) {
    require(value >= least && value <= most, option, least + " to " + most);
  }

  private void require(boolean valid, String option, String form) {
    if (!valid) {
      var command = Objects.requireNonNull(spec).commandLine();
      throw new ParameterException(command, option + " must be " + form);
    }
  }
}
