package confab.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// What the figures were made on.
@NullMarked
final class Machine {
  private Machine() {}

  static String describe() throws IOException, InterruptedException {
    return "%s, %d cores, %d GB; %s; %s; %s"
        .formatted(
            value("/proc/cpuinfo", "model name"),
            Runtime.getRuntime().availableProcessors(),
            Long.parseLong(value("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) >> 20,
            System.getProperty("java.vendor.version") + ", " + Runtime.version(),
            firstLine("nats-server", "--version"),
            firstLine("haproxy", "-v"));
  }

  /// Of the last one, five and fifteen minutes.
  static String load() throws IOException {
    List<String> fields = List.of(Files.readString(Path.of("/proc/loadavg")).split(" "));
    return String.join(" ", fields.subList(0, 3));
  }

  private static String value(String file, String key) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("0");
    }
  }

  private static String firstLine(String... command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    // Debian keeps servers where not everybody looks.
    builder.environment().merge("PATH", "/usr/sbin", (path, more) -> path + ":" + more);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int _ = process.waitFor();
    return output.lines().findFirst().orElse(command[0]);
  }
}
