package confab.bench.abuse;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import confab.bench.abuse.Attack.Outcome;
import confab.bench.suite.Rooms;
import confab.rig.Patience;
import confab.rig.process.Launch;
import confab.rig.process.Program;
import java.time.Duration;
import java.util.List;

/// A hundred honest people a second, each from an address of their own, who come beside a flood of
/// first packets from one address. It is dealt with as it should be when all of them are in, the
/// slowest within two seconds.
final class Storm {
  private static final int PER_SECOND = 100;
  private static final int PER_ROOM = 10;
  private static final double MOST_MILLIS = 2_000;

  /// Other addresses than those of attackers.
  private static final String ADDRESSES = "127.2.0.0/22";

  /// The tool's start and warm-up, and its shortest measured time.
  private static final Duration AROUND = Duration.ofSeconds(5);

  private Storm() {}

  static Outcome run(Target target) throws Exception {
    int people = PER_SECOND * (int) target.length().toSeconds();
    Program load = target.site().start("storm", command(target, people));
    FirstPackets.fromOne(target.lasting(target.length().plus(AROUND)));
    load.awaitEnd(Patience.LIMIT);
    if (load.output().isBlank()) {
      return new Outcome("of those who came: " + load.complaint(), false);
    }
    JsonObject report = JsonParser.parseString(load.output()).getAsJsonObject();
    int came = report.get("connections").getAsInt();
    JsonObject millis = report.getAsJsonObject("connect_ms");
    double worst = millis.get("max").getAsDouble();
    return new Outcome(
        "%d of %d came, in %.0f / %.0f / %.0f ms (p50, p99, worst)"
            .formatted(
                came,
                people,
                millis.get("p50").getAsDouble(),
                millis.get("p99").getAsDouble(),
                worst),
        came == people && worst < MOST_MILLIS);
  }

  private static List<String> command(Target target, int people) {
    long ramp = target.length().toMillis();
    return Launch.load(
        List.of(
            "--json",
            "--url=" + target.url(),
            "--from=" + ADDRESSES,
            "--room-prefix=" + Rooms.fresh(),
            "--rooms=" + people / PER_ROOM,
            "--publishers=0",
            "--listeners=" + PER_ROOM,
            "--ramp=" + ramp + "ms",
            "--duration=" + (ramp + 3_000) + "ms"));
  }
}
