package confab.load;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which participants are there. Event loops tell, and the thread that runs the load asks; both
/// seldom. Guarded by itself.
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

  /// A participant who was there has been lost.
  synchronized void lose(String reason) {
    present--;
    endings.merge(reason, 1, Integer::sum);
  }

  /// A participant could not come.
  synchronized void fail(String why) {
    failed++;
    failure = failure == null ? why : failure;
  }

  /// An edge refuses a participant, and so will refuse the others.
  synchronized void refuse(String why) {
    fail(why);
    refusal = refusal == null ? why : refusal;
  }

  synchronized int present() {
    return present;
  }

  /// How many of `all` participants have neither come nor failed to come.
  synchronized int awaited(int all) {
    return all - entered - failed;
  }

  synchronized int failed() {
    return failed;
  }

  /// Why the first participant that could not come failed; null while none has.
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
