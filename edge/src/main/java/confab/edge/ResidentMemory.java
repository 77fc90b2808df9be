package confab.edge;

import confab.protocol.figures.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How much RAM this process takes, as Linux counts it: heap, code, stacks and buffers.
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String LINE = "VmRSS:";

  @Figure(
      name = "resident.memory.bytes",
      gauge = true,
      value = "Memory of the process that is in RAM; 0 where the system does not tell")
  double bytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(LINE)) {
          return 1024.0 * Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException e) {
      // Not Linux.
    }
    return 0;
  }
}
