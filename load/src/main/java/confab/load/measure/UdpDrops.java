package confab.load.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Packets that the kernel has dropped for want of room in our sockets' receive buffers, as Linux
/// tells in `/proc/net/udp`; 0 elsewhere.
///
/// @param ports the local ones of our sockets
public record UdpDrops(Set<Integer> ports) {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

  public UdpDrops {
    ports = Set.copyOf(ports);
  }

  public long count() {
    long sum = 0;
    for (Path table : TABLES) {
      if (!ports.isEmpty() && Files.isReadable(table)) {
        try {
          sum += Files.readAllLines(table).stream().skip(1).mapToLong(this::drops).sum();
        } catch (IOException e) {
          // No worse than on other systems.
        }
      }
    }
    return sum;
  }

  /// Of a line such as `12: 00000000:1F90 00000000:0000 07 … 0`.
  private long drops(String line) {
    String[] fields = line.strip().split("\\s+");
    String local = fields[1];
    int port = Integer.parseInt(local, local.indexOf(':') + 1, local.length(), 16);
    return ports.contains(port) ? Long.parseLong(fields[fields.length - 1]) : 0;
  }
}
