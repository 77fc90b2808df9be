package confab.load;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who of the participants is there, told by event loops and asked by the thread that runs the
/// load. Rarely touched.
final class Attendance {
  private final Map<String, Integer> endings = new TreeMap<>();
  private int present;
  private int entered;
  private int failed;
  private @Nullable String failure;
  private @Nullable String refusal;

  synchronized void enter() {
    present++;
    entered++;
  }

  /// One who was there is not any more, without having left.
  synchronized void lose(String reason) {
    present--;
    endings.merge(reason, 1, Integer::sum);
  }

  /// One could not come.
  synchronized void fail(String why) {
    failed++;
    failure = failure == null ? why : failure;
  }

  /// An edge does not want one, and so will not want the others.
  synchronized void refuse(String why) {
    fail(why);
    refusal = refusal == null ? why : refusal;
  }

  synchronized int present() {
    return present;
  }

  /// Of `all`, how many have neither come nor failed to.
  synchronized int awaited(int all) {
    return all - entered - failed;
  }

  synchronized int failed() {
    return failed;
  }

  /// Why the first that could not come could not.
  synchronized @Nullable String failure() {
    return failure;
  }

  /// Why there is no point in going on; null while there is.
  synchronized @Nullable String obstacle() {
    return refusal != null || entered > 0 ? refusal : failure;
  }

  /// How many connections were lost for which reason.
  synchronized Map<String, Integer> endings() {
    return new TreeMap<>(endings);
  }
}
