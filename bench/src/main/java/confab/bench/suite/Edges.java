package confab.bench.suite;

import confab.rig.process.EdgeProcess;
import confab.rig.process.Launch;
import confab.rig.process.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Edges as they are measured: quiet, with limits that are in nobody's way.
public final class Edges {
  private static final List<String> WIDE_LIMITS =
      List.of(
          "--max-sessions=5000",
          "--max-participants=5000",
          "--connects-per-second=10000",
          "--sessions-per-address=5000",
          "--rooms-per-minute=60000");

  private Edges() {}

  /// Waits until it is ready.
  public static EdgeProcess start(Site site, String name, List<String> options)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("--edge-name=" + name, "--log-level=warn"));
    all.addAll(WIDE_LIMITS);
    all.addAll(options);
    return EdgeProcess.start(site, name, Launch.JAR, all);
  }
}
