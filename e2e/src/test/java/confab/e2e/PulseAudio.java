package confab.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A loudspeaker that nobody hears, for browsers that play nothing on a machine without one.
///
/// @param server what PULSE_SERVER has to be
record PulseAudio(Process process, String server) implements AutoCloseable {
  static PulseAudio start(Path directory) throws IOException {
    Path socket = directory.resolve("pulse");
    var builder =
        new ProcessBuilder(
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "--disable-shm=yes",
            "--load=module-null-sink",
            "--load=module-native-protocol-unix auth-anonymous=1 socket=" + socket);
    builder.environment().put("HOME", directory.toString());
    builder.redirectErrorStream(true);
    builder.redirectOutput(directory.resolve("pulse.log").toFile());
    var pulse = new PulseAudio(builder.start(), "unix:" + socket);
    await().until(() -> Files.exists(socket));
    return pulse;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
