package confab.e2e;

import static confab.rig.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import confab.rig.Project;
import confab.rig.process.EdgeProcess;
import confab.rig.process.Launch;
import confab.rig.process.Program;
import confab.rig.process.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tools as scripts use them: without a locale, with pipes, ended by signals.
class ScriptTest {
  private static final Pattern JOINED = Pattern.compile("joined as");

  @TempDir static Path directory;
  private static Site site;
  private static String url;
  private static int rooms;

  private final String room = "room-" + rooms++;

  @BeforeAll
  static void start() throws Exception {
    site = Tool.site(directory);
    url = EdgeProcess.start(site, "edge", Launch.LAUNCHER, List.of()).url();
  }

  @AfterAll
  static void end() {
    site.close();
  }

  /// @param shell with `$confab` for the launcher and `$edge` for what to join as whom
  private Program run(String name, String shell) throws Exception {
    return run(url, name, shell);
  }

  private Program run(String url, String name, String shell) throws Exception {
    String confab = Project.ROOT.resolve("confab").toString();
    String script =
        shell
            .replace("$confab", confab)
            .replace("$edge", "--url " + url + " --room " + room + " --user " + name);
    return site.start(name, List.of("env", "-u", "LANG", "LC_ALL=C", "sh", "-c", script));
  }

  @Test
  void withoutALocaleNamesAndFilesAreWhatTheyAreAndASignalEndsWithAReport() throws Exception {
    Path heard = directory.resolve("слышно.wav");
    Program stream = run("robot", "exec $confab stream $edge --name Аня --tone 220");
    stream.awaitErrors(JOINED);
    Program listen = run("ear", "exec $confab listen $edge --json --out " + heard);
    listen.awaitErrors(JOINED);
    await().until(() -> Files.exists(heard) && Files.size(heard) > 10_000);
    listen.terminate();
    assertThat(listen.awaitEnd()).isZero();
    var report = JsonParser.parseString(listen.output()).getAsJsonObject();
    var robot = report.getAsJsonArray("participants").get(0).getAsJsonObject();
    assertThat(robot.get("name").getAsString()).isEqualTo("Аня");
    assertThat(report.get("ending").getAsString()).isEqualTo("left");
    assertThat(report.get("seconds").getAsDouble()).isPositive();
    assertThat(heard).exists();

    assertThat(Tool.interrupt(stream)).isZero();
    assertThat(stream.output()).containsPattern("spoke .* frames");
    assertThat(stream.errors()).contains("joined as Аня over");
  }

  @Test
  void whatIsWrittenIntoAPipeIsReadAlong() throws Exception {
    Program pipe = run("pipe", "$confab listen $edge --out - --duration 1s | wc -c");
    Program full =
        run("full", "$confab listen $edge --out /dev/null --json --duration 1s >/dev/full");
    assertThat(pipe.awaitEnd()).isZero();
    assertThat(Integer.parseInt(pipe.output().strip())).isEqualTo(44 + 2 * 48_000);
    assertThat(pipe.errors()).containsPattern("heard 1.0 s .*, in -");
    assertThat(full.awaitEnd()).isEqualTo(1);
    assertThat(full.errors()).contains("standard output cannot be written");
  }

  @Test
  void aClosedStandardInputIsSilentAndAQuietOneEndsNothing() throws Exception {
    Program closed = run("closed", "exec $confab stream $edge --stdin-pcm <&-");
    Program quiet = run("quiet", "sleep 1000 | $confab stream $edge --stdin-pcm --duration 1s");
    int status = closed.awaitEnd();
    assertThat(status).as(closed.errors()).isZero();
    assertThat(closed.output()).contains("spoke 0.0 s");
    quiet.awaitOutput(Pattern.compile("spoke 0.0 s"));
  }

  @Test
  void aRecordingOutlivesAnEdgeThatIsNotThere() throws Exception {
    Path keep = Files.writeString(directory.resolve("keep.wav"), "a recording");
    Program listen = run("http://127.0.0.1:1", "late", "exec $confab listen $edge --out " + keep);
    assertThat(listen.awaitEnd()).isEqualTo(1);
    assertThat(keep).hasContent("a recording");
  }
}
