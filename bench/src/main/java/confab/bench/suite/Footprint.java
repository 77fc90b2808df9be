package confab.bench.suite;

import confab.rig.process.EdgeProcess;
import confab.rig.process.Metrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a process holds on to, after a full collection.
///
/// @param heapBytes in use
/// @param directBytes of buffers outside the heap, as the JVM counts them
/// @param residentBytes of the whole process
public record Footprint(
    double heapBytes, double directBytes, double residentBytes, long threads, long descriptors) {
  private static final Pattern HEAP_USED = Pattern.compile("heap\\s.*?used (\\d+)K");

  public static Footprint of(EdgeProcess edge) throws IOException, InterruptedException {
    String _ = jcmd(edge.pid(), "GC.run");
    // Right after it: whatever asks next allocates again.
    Matcher heap = HEAP_USED.matcher(jcmd(edge.pid(), "GC.heap_info"));
    if (!heap.find()) {
      throw new IOException("jcmd does not tell about the heap");
    }
    Metrics metrics = Metrics.of(edge);
    return new Footprint(
        Double.parseDouble(heap.group(1)) * 1024,
        metrics.value("jvm_buffer_memory_used_bytes{id=\"direct\"}"),
        residentBytes(edge.pid()),
        (long) status(edge.pid(), "Threads:"),
        descriptors(edge.pid()));
  }

  /// Of the whole process, as it is.
  public static double residentBytes(long pid) throws IOException {
    return status(pid, "VmRSS:") * 1024;
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), String.valueOf(pid), command)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("jcmd " + command + ": " + said.strip());
    }
    return said;
  }

  private static double status(long pid, String field) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(Double.NaN);
    }
  }

  /// Those that are open.
  public static long descriptors(long pid) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
      return open.count();
    }
  }
}
