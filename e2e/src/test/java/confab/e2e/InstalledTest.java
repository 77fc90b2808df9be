package confab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import confab.rig.Project;
import confab.rig.process.Program;
import confab.rig.process.Site;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The archive that the build makes, unpacked where a service user may write nothing.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class InstalledTest {
  /// Who a container and a test run as root become: nobody.
  private static final List<String> NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs");

  @TempDir private Path directory;
  private Site site;
  private Path home;

  @BeforeEach
  void unpack() throws Exception {
    // Nobody has to get at what is inside.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    site = Site.in(directory, Map.of());
    Path archive = only(Project.ROOT.resolve("dist/target"), "confab-*.tar.gz");
    assertThat(run("tar", "-xzf", archive.toString(), "-C", directory.toString())).isZero();
    home = only(directory, "confab-*");
    assertThat(run("chmod", "-R", "a-w", home.toString())).isZero();
  }

  /// So that the directory can be deleted.
  @AfterEach
  void end() throws Exception {
    assertThat(run("chmod", "-R", "u+w", home.toString())).isZero();
    site.close();
  }

  private static Path only(Path directory, String name) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, name)) {
      return found.iterator().next();
    }
  }

  private int run(String... command) throws Exception {
    return site.start("run", List.of(command)).awaitEnd();
  }

  /// Without a home, a locale, or anything of the sources.
  private Program confab(String name, String... arguments) throws Exception {
    boolean root = "root".equals(System.getProperty("user.name"));
    List<String> command = new ArrayList<>(root ? NOBODY : List.of());
    command.addAll(List.of("env", "-i", "PATH=/usr/bin:/bin", "CONFAB_JAVA_HOME=" + java()));
    command.add(home.resolve("confab").toString());
    command.addAll(List.of(arguments));
    return site.start(name, command);
  }

  private static String java() {
    return System.getProperty("java.home");
  }

  @Test
  void whoMayWriteNothingServesSpeaksAndLoads() throws Exception {
    Program edge =
        confab(
            "edge",
            "serve",
            "--bind=127.0.0.1",
            "--http-port=0",
            "--https-port=0",
            "--quic-port=0");
    String url = edge.awaitOutput(Pattern.compile("open (http://\\S+)/")).group(1);
    assertThat(edge.output()).contains("(UDP, netty)");

    Program stream =
        confab(
            "stream",
            "stream",
            "--url",
            url,
            "--room=demo",
            "--user=robot",
            "--tone=440",
            "--duration=1s",
            "--transport=webtransport");
    Program load =
        confab(
            "load",
            "load",
            "--url",
            url,
            "--rooms=1",
            "--listeners=1",
            "--ramp=500ms",
            "--duration=4s");
    assertThat(stream.awaitEnd()).as(stream.errors()).isZero();
    assertThat(load.awaitEnd()).as(load.errors()).isZero();

    edge.terminate();
    assertThat(edge.awaitEnd()).isZero();
  }

  @Test
  void systemdTakesTheUnit() throws Exception {
    String unit = Files.readString(home.resolve("deploy/confab.service"));
    Path file = directory.resolve("confab.service");
    Files.writeString(file, unit.replace("/opt/confab", home.toString()));
    Program verify = site.start("verify", List.of("systemd-analyze", "verify", file.toString()));
    assertThat(verify.awaitEnd()).isZero();
    assertThat(verify.errors()).isEmpty();
  }
}
