package confab.rig.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import confab.rig.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class SiteTest {
  /// Says its own id and that of a child, and stays.
  private static final List<String> FAMILY =
      List.of("sh", "-c", "sleep 1000 & echo family $$ $!; wait");

  private static final Pattern IDS = Pattern.compile("family (\\d+) (\\d+)");

  @TempDir private Path directory;
  private Site site;

  @BeforeEach
  void open() {
    site = Site.in(directory, Map.of("CONFAB_GREETING", "hello"));
  }

  @AfterEach
  void close() {
    site.close();
  }

  private static List<Long> ids(Program family) throws IOException {
    var said = family.awaitOutput(IDS);
    return List.of(Long.parseLong(said.group(1)), Long.parseLong(said.group(2)));
  }

  private static void assertEnded(List<Long> ids) {
    // Killed; the kernel takes a moment to see to it.
    Patience.awaitOnly("the end of " + ids)
        .until(() -> ids.stream().allMatch(id -> Life.of(id) == Life.ENDED));
  }

  @Test
  void programsEndWithTheirSiteAndSoDoTheirChildren() throws Exception {
    Program family = site.start("family", FAMILY);
    List<Long> ids = ids(family);
    assertThat(ids).allMatch(id -> Life.of(id) == Life.RUNS);

    site.close();

    assertThat(family.isAlive()).isFalse();
    assertEnded(ids);
  }

  @Test
  void aFrozenProgramEndsToo() throws Exception {
    Program family = site.start("family", FAMILY);
    List<Long> ids = ids(family);
    family.freeze();
    assertThat(Life.of(family.pid())).isEqualTo(Life.FROZEN);

    family.end();

    assertEnded(ids);
  }

  @Test
  void whatIsStartedTooLateDoesNotStart() {
    site.close();

    assertThatThrownBy(() -> site.start("late", FAMILY)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void whoEndsWithoutSayingWhatIsAwaitedFailsWithItsComplaint() throws Exception {
    Program rude = site.start("rude", List.of("sh", "-c", "echo no >&2; exit 3"));

    assertThatThrownBy(() -> rude.awaitOutput(IDS))
        .isInstanceOf(IOException.class)
        .hasMessage("rude has ended: no");
    assertThat(rude.awaitEnd()).isEqualTo(3);
  }

  @Test
  void aProgramSeesTheSettingsOfItsSiteAndNoOthers() throws Exception {
    Program greeter = site.start("greeter", List.of("sh", "-c", "env | grep ^CONFAB_"));

    assertThat(greeter.awaitEnd()).isZero();
    assertThat(greeter.output().lines().filter(line -> !line.startsWith("CONFAB_JAVA_")))
        .containsExactly("CONFAB_GREETING=hello");
  }

  @Test
  void aNatsServerThatCannotStartSaysWhy() throws Exception {
    assertThatThrownBy(() -> NatsServer.started("no such option"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nats has ended");
  }
}
