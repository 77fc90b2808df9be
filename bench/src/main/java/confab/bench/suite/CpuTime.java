package confab.bench.suite;

import confab.rig.process.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The CPU that processes have used, as the kernel counts it.
public final class CpuTime {
  /// What Linux shows to programs, whatever it counts in itself.
  private static final double TICKS_PER_SECOND = 100;

  // Counted from behind the name, which may hold anything; see proc_pid_stat(5).
  private static final int UTIME = 14 - 3;
  private static final int STIME = 15 - 3;

  private CpuTime() {}

  /// Of all these parts together.
  public static double of(Cluster cluster, List<String> parts) throws IOException {
    return of(parts.stream().map(cluster::pid).toList());
  }

  public static double of(List<Long> pids) throws IOException {
    double sum = 0;
    for (long pid : pids) {
      sum += of(pid);
    }
    return sum;
  }

  /// User and system together, in seconds.
  public static double of(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
  }
}
