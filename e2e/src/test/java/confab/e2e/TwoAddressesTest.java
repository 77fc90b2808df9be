package confab.e2e;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import confab.rig.Project;
import confab.rig.process.Program;
import confab.rig.process.Site;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An edge on a machine with several addresses, and somebody on another machine. Both are network
/// namespaces.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class TwoAddressesTest {
  /// Ends with the process; prints the ids of a process in each.
  private static final String MACHINES =
      """
      set -eu
      ip link set lo up
      unshare -n sleep 1000 &
      other=$!
      until [ "$(readlink /proc/$other/ns/net)" != "$(readlink /proc/$$/ns/net)" ]; do :; done
      ip link add left type veth peer name right netns $other
      ip addr add 10.9.0.1/24 dev left
      ip addr add 10.9.0.2/24 dev left
      ip -6 addr add fd09::1/64 dev left nodad
      ip -6 addr add fd09::2/64 dev left nodad
      ip link set left up
      nsenter -n -t $other ip addr add 10.9.0.9/24 dev right
      nsenter -n -t $other ip -6 addr add fd09::9/64 dev right nodad
      nsenter -n -t $other ip link set right up
      echo "machines $$ $other"
      wait
      """;

  @TempDir private Path directory;
  private Site site;
  private String here;
  private String there;
  private int tries;

  @BeforeEach
  void start() throws Exception {
    site = Tool.site(directory);
    Program machines =
        site.start("machines", List.of("unshare", "--map-root-user", "-n", "sh", "-c", MACHINES));
    var ids = machines.awaitOutput(Pattern.compile("machines (\\d+) (\\d+)"));
    here = ids.group(1);
    there = ids.group(2);
  }

  @AfterEach
  void end() {
    site.close();
  }

  private Program on(String machine, String name, String... command) throws Exception {
    List<String> all = new ArrayList<>(List.of("nsenter", "--preserve-credentials", "-U", "-n"));
    all.addAll(List.of("-t", machine));
    all.addAll(List.of(command));
    return site.start(name, all);
  }

  private String edge(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(confab(), "serve", "--http-port=0"));
    command.addAll(List.of("--https-port=0", "--quic-port=0"));
    command.addAll(List.of(options));
    return on(here, "edge", command.toArray(String[]::new))
        .awaitOutput(Pattern.compile("Ports: HTTP (\\d+)"))
        .group(1);
  }

  private static String confab() {
    return Project.ROOT.resolve("confab").toString();
  }

  private Program listen(String host, String port) throws Exception {
    return on(
        there,
        "listen-" + tries++,
        confab(),
        "listen",
        "--url=http://" + host + ":" + port,
        "--room=demo",
        "--user=ear",
        "--transport=webtransport",
        "--out=/dev/null",
        "--duration=100ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "kwik"})
  void webTransportWorksOnEachOfThem(String engine) throws Exception {
    String port = edge("--quic=" + engine);
    List<Program> all = new ArrayList<>();
    for (String host : List.of("10.9.0.1", "10.9.0.2", "[fd09::1]", "[fd09::2]")) {
      all.add(listen(host, port));
    }
    for (Program each : all) {
      assertThat(each.awaitEnd()).as(each.errors()).isZero();
    }
  }

  @Test
  void anAddressThatComesLaterIsFollowed() throws Exception {
    String port = edge();
    Program added = on(here, "ip", "ip", "addr", "add", "10.9.0.3/24", "dev", "left");
    assertThat(added.awaitEnd()).isZero();
    await().until(() -> listen("10.9.0.3", port).awaitEnd() == 0);
  }
}
