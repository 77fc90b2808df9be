package confab.participant.speech;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The frames of a schedule one at a time, where a [Pacer] has several due at once. The schedule
/// begins with the first of them. Used by one thread.
final class Turns {
  private final Supplier<Pacer> schedule;
  private @Nullable Pacer pacer;
  private int due;

  Turns(Supplier<Pacer> schedule) {
    this.schedule = schedule;
  }

  /// Waits until a frame is due.
  ///
  /// @return its place in the schedule
  long await() {
    if (pacer == null) {
      pacer = schedule.get();
    }
    if (due == 0) {
      due = pacer.await();
    }
    return pacer.position() - due--;
  }
}
