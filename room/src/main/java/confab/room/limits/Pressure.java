package confab.room.limits;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/// Whether this process has more to do than it can, so that another participant would be a burden
/// to all who are here.
///
/// CPU is judged by its lack: by how late a thread comes that wants to run four times a second. A
/// process that uses all of the CPU and is in time is well used, and one that others keep from the
/// CPU drowns at whatever load of its own. Memory is judged by what the last collection left.
///
/// One thread beats; any thread asks.
public final class Pressure {
  /// A beat that comes so long after the former one is late.
  static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_250);

  /// So many late beats in a row are no accident: at least four seconds.
  static final int LATE_BEATS = 3;

  /// The part of the heap that may be in use.
  static final double MOST_OF_HEAP = 0.9;

  private final DoubleSupplier heap;
  private long beatAt;
  private int late;
  private volatile boolean high;

  /// @param heap the part of the heap that is in use
  public Pressure(DoubleSupplier heap, long now) {
    this.heap = heap;
    beatAt = now;
  }

  public void beat(long now) {
    late = now - beatAt > LATE_NANOS ? late + 1 : 0;
    beatAt = now;
    high = late >= LATE_BEATS || heap.getAsDouble() > MOST_OF_HEAP;
  }

  public boolean isHigh() {
    return high;
  }

  /// The part of this process's heap that was in use after the last collection and is now.
  public static DoubleSupplier ofThisProcess() {
    List<MemoryPoolMXBean> pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    var memory = ManagementFactory.getMemoryMXBean();
    return () -> {
      MemoryUsage now = memory.getHeapMemoryUsage();
      long left = 0;
      for (MemoryPoolMXBean pool : pools) {
        MemoryUsage collected = pool.getCollectionUsage();
        left += collected == null ? 0 : collected.getUsed();
      }
      // What was left may be freed long before the next collection of all of it.
      return now.getMax() <= 0 ? 0 : Math.min(left, now.getUsed()) / (double) now.getMax();
    };
  }
}
