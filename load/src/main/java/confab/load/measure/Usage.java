package confab.load.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/// The CPU that this process has used until a moment, and the packets that it has lost.
///
/// @param time in nanoseconds since 1970
/// @param process CPU of all its threads, in nanoseconds
/// @param loops CPU of each event loop
/// @param packetsLost that came for its UDP sockets and found no room
public record Usage(long time, long process, List<Long> loops, long packetsLost) {

  /// @param threads those of the event loops
  public static Usage now(WallClock clock, List<Long> threads, UdpDrops drops) {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    var all = ManagementFactory.getThreadMXBean();
    return new Usage(
        clock.now(),
        system.getProcessCpuTime(),
        threads.stream().map(all::getThreadCpuTime).toList(),
        drops.count());
  }

  public double cpuSeconds(Usage before) {
    return (process - before.process) / 1e9;
  }

  /// The part of a core, 0 to 1, that the busiest event loop took.
  public double busiestLoop(Usage before) {
    long most = 0;
    for (int i = 0; i < loops.size(); i++) {
      most = Math.max(most, loops.get(i) - before.loops.get(i));
    }
    return most / (double) Math.max(1, time - before.time);
  }
}
