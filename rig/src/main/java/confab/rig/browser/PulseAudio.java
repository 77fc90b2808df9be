package confab.rig.browser;

import confab.rig.Patience;
import confab.rig.process.Program;
import confab.rig.process.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A loudspeaker that nobody hears, for browsers that play nothing on a machine without one.
final class PulseAudio {
  private PulseAudio() {}

  /// What PULSE_SERVER has to be for those who play here, on the same site.
  static String server(Path directory) {
    return "unix:" + socket(directory);
  }

  private static Path socket(Path directory) {
    return directory.resolve("pulse");
  }

  /// Ends with the site.
  static void start(Site site) throws IOException, InterruptedException {
    Path socket = socket(site.directory());
    Program pulse =
        site.start(
            "pulseaudio",
            List.of(
                "pulseaudio",
                "-n",
                "--daemonize=no",
                "--exit-idle-time=-1",
                "--use-pid-file=no",
                "--disable-shm=yes",
                "--load=module-null-sink",
                "--load=module-native-protocol-unix auth-anonymous=1 socket=" + socket));
    Patience.awaitOnly("a loudspeaker").until(() -> !pulse.isAlive() || Files.exists(socket));
    if (!pulse.isAlive()) {
      throw new IOException("pulseaudio has ended: " + pulse.complaint());
    }
  }
}
