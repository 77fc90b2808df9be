package confab.bench.load;

import confab.bench.suite.Engine;
import confab.bench.suite.Rooms;
import confab.rig.Patience;
import confab.rig.process.EdgeProcess;
import confab.rig.process.Launch;
import confab.rig.process.Program;
import confab.rig.process.Site;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What `./confab load` is asked to do: 32 kbit/s, everybody speaks all the time.
///
/// @param edges among which participants are dealt in turn
/// @param publishers of each room
/// @param listeners of each room
/// @param loudest how many speakers are forwarded; 0 for all
record Load(
    List<EdgeProcess> edges,
    Engine engine,
    int rooms,
    int publishers,
    int listeners,
    int loudest,
    Duration measured) {
  private static final String NAME = "load";

  /// Between the last connection and the measured time; see `./confab load --help`.
  private static final Duration WARM_UP = Duration.ofSeconds(2);

  /// One room, one edge.
  static Load of(
      EdgeProcess edge, Engine engine, int publishers, int listeners, Duration measured) {
    return new Load(List.of(edge), engine, 1, publishers, listeners, 0, measured);
  }

  int connections() {
    return rooms * (publishers + listeners);
  }

  Duration ramp() {
    return Duration.ofMillis(Math.max(1_000, 1_000L * connections() / engine.connectsPerSecond));
  }

  private List<String> command() {
    long millis = ramp().plus(WARM_UP).plus(measured).toMillis();
    List<String> command = new ArrayList<>(List.of("--json"));
    command.addAll(List.of("--url", joined(EdgeProcess::url), "--edge", joined(EdgeProcess::name)));
    command.addAll(
        List.of("--transport", engine.transport, "--talk", "always", "--bitrate", "32k"));
    // Rooms outlive their people for a while, and then are on edges that this load has not asked
    // for.
    command.addAll(List.of("--room-prefix", Rooms.fresh()));
    command.addAll(List.of("--rooms", String.valueOf(rooms)));
    command.addAll(List.of("--publishers", String.valueOf(publishers)));
    command.addAll(List.of("--listeners", String.valueOf(listeners)));
    command.addAll(List.of("--loudest", String.valueOf(loudest)));
    command.addAll(List.of("--ramp", ramp().toMillis() + "ms", "--duration", millis + "ms"));
    return Launch.load(command);
  }

  private String joined(Function<EdgeProcess, String> what) {
    return edges.stream().map(what).collect(Collectors.joining(","));
  }

  /// Begins; for who wants to look at the edge meanwhile and to end it.
  Program start(Site site) throws IOException, InterruptedException {
    return site.start(NAME, command());
  }

  /// Runs to the end.
  ///
  /// @throws IOException when nothing was measured
  LoadReport run(Site site) throws IOException, InterruptedException, TimeoutException {
    Program load = start(site);
    int code = load.awaitEnd(ramp().plus(WARM_UP).plus(measured).plus(Patience.LIMIT));
    String said = load.output();
    if (said.isBlank()) {
      throw new IOException("load ended with " + code + ": " + load.complaint());
    }
    return LoadReport.parse(said);
  }
}
