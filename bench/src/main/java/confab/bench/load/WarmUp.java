package confab.bench.load;

import confab.bench.suite.Engine;
import confab.rig.process.EdgeProcess;
import confab.rig.process.Site;
import java.time.Duration;
import java.util.List;

/// Lets an edge's JVM compile what it will be measured by.
public final class WarmUp {
  private static final int SPEAKERS = 3;
  private static final int LISTENERS = 80;
  private static final Duration LENGTH = Duration.ofSeconds(25);

  private WarmUp() {}

  public static void of(Site site, EdgeProcess edge, Engine engine) throws Exception {
    of(site, List.of(edge), engine);
  }

  /// All of them in one room.
  public static void of(Site site, List<EdgeProcess> edges, Engine engine) throws Exception {
    System.err.println("bench: warming up " + edges.getFirst().name());
    LoadReport _ = new Load(edges, engine, 1, SPEAKERS, LISTENERS, 0, LENGTH).run(site);
  }
}
