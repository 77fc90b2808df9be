package confab.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the figures were made on, and with what.
final class Machine {
  private static final Path EDGE_LIBRARIES = Path.of("edge", "target", "lib");
  private static final List<String> LIBRARIES =
      List.of("kwik", "flupke", "netty-codec-http3", "undertow-core", "jnats");

  private Machine() {}

  /// @param loadBefore as [#load] said
  static String origin(String command, String loadBefore) throws IOException, InterruptedException {
    return "`%s` on %s, commit %s.\n%s.\n%s.\nLoad average before: %s, after: %s."
        .formatted(
            command,
            LocalDate.now(ZoneOffset.UTC),
            firstLine("git", "describe", "--always", "--dirty"),
            hardware(),
            versions(),
            loadBefore,
            load());
  }

  private static String hardware() throws IOException {
    return "%s, %d cores, %d GB, Linux %s"
        .formatted(
            value("/proc/cpuinfo", "model name"),
            Runtime.getRuntime().availableProcessors(),
            Long.parseLong(value("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) >> 20,
            System.getProperty("os.version"));
  }

  private static String versions() throws IOException, InterruptedException {
    return "%s %s; %s; %s; %s"
        .formatted(
            System.getProperty("java.vendor.version"),
            System.getProperty("os.arch"),
            libraries(),
            firstLine("nats-server", "--version"),
            firstLine("haproxy", "-v").replaceAll(" \\d{4}/.*", ""));
  }

  /// Those of the edge, as its jars are named.
  private static String libraries() throws IOException {
    try (Stream<Path> jars = Files.list(EDGE_LIBRARIES)) {
      String names =
          jars.map(each -> each.getFileName().toString()).sorted().collect(Collectors.joining(" "));
      return LIBRARIES.stream()
          .map(each -> Pattern.compile("(" + each + ")-(\\d\\S*)\\.jar").matcher(names))
          .filter(Matcher::find)
          .map(each -> each.group(1) + " " + each.group(2))
          .collect(Collectors.joining(", "));
    }
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

  /// What the command prints first; its name when it cannot be had.
  private static String firstLine(String... command) throws InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    // Debian keeps servers where not everybody looks.
    builder.environment().merge("PATH", "/usr/sbin", (path, more) -> path + ":" + more);
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? output.lines().findFirst().orElse(command[0]) : command[0];
    } catch (IOException e) {
      return command[0];
    }
  }
}
