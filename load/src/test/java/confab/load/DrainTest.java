package confab.load;

import static org.assertj.core.api.Assertions.assertThat;

import confab.rig.process.EdgeProcess;
import confab.rig.process.Launch;
import confab.rig.process.NatsServer;
import confab.rig.process.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An edge that is told to end during a load.
class DrainTest {
  @TempDir Path folder;

  @Test
  void whoIsLostSinceTheEdgeDrainsIsSaidToBe() throws Exception {
    try (Site site = Site.in(folder, Map.of())) {
      String bus = "--nats=" + NatsServer.start(site, "nats").uri();
      EdgeProcess one = start(site, bus, "one");
      start(site, bus, "two");
      one.program().awaitErrors(Pattern.compile("another edge is there"));
      var load = Load.start(one.url(), "--edge one --listeners 1 --ramp 100ms --duration 6s");
      one.program().awaitErrors(Pattern.compile("(?s)session opened.*session opened"));
      one.program().terminate();
      assertThat(load.code()).isEqualTo(1);
      assertThat(load.err()).contains("connections were lost: 2 draining");
    }
  }

  private static EdgeProcess start(Site site, String bus, String name) throws Exception {
    return EdgeProcess.start(
        site,
        name,
        Launch.CLASS_PATH,
        List.of(bus, "--edge-name=" + name, "--drain-timeout=1s", "--drain-spread=1ms"));
  }
}
