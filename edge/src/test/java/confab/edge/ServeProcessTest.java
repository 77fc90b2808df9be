package confab.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The process as a person or an init system starts and stops it.
class ServeProcessTest {
  @TempDir Path folder;

  private Process start(String... options) throws Exception {
    var command =
        new java.util.ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "confab.edge.Main",
                "--bind=127.0.0.1",
                "--http-port=0",
                "--https-port=0",
                "--quic-port=0"));
    command.addAll(List.of(options));
    return new ProcessBuilder(command).redirectError(folder.resolve("log").toFile()).start();
  }

  @Test
  void announcesWhereItIsLogsSessionsAndStopsCleanlyOnSigterm() throws Exception {
    Process process = start("--log-format=json");
    try (BufferedReader out = process.inputReader()) {
      String ready = out.readLine();
      assertThat(ready).startsWith("Confab is ready: open http://127.0.0.1:");
      assertThat(out.readLine())
          .matches("Ports: HTTP \\d+ \\(TCP\\), HTTPS \\d+ .*\\d+ \\(UDP, netty\\)");
      var port = Pattern.compile(":(\\d+)/").matcher(ready);
      assertThat(port.find()).isTrue();
      var address = new InetSocketAddress("127.0.0.1", Integer.parseInt(port.group(1)));
      Http.joinAndWait(address, "room=demo&user=alice");

      process.destroy();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
    List<String> log = Files.readAllLines(folder.resolve("log"));
    List<String> events = log.stream().filter(line -> line.startsWith("{")).toList();
    assertThat(events).anyMatch(line -> line.contains("session opened"));
    assertThat(events)
        .anyMatch(line -> line.contains("session closed") && line.contains("shutdown"));
    assertThat(events).allMatch(line -> JsonParser.parseString(line).isJsonObject());
    assertThat(log).noneMatch(line -> line.startsWith("\tat "));
  }

  @Test
  void theTextLogNamesSessionAndRoom() throws Exception {
    Process process = start();
    try (BufferedReader out = process.inputReader()) {
      var port = Pattern.compile(":(\\d+)/").matcher(out.readLine());
      assertThat(port.find()).isTrue();
      var address = new InetSocketAddress("127.0.0.1", Integer.parseInt(port.group(1)));
      Http.joinAndWait(address, "room=demo&user=alice");
      process.destroy();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(folder.resolve("log")))
        .containsPattern("INFO +\\S+: session opened session=[0-9a-f]{16} room=demo user=alice");
  }
}
