package confab.cli;

import confab.protocol.Frame;
import java.util.HashMap;
import java.util.Map;

/// Recognises frames that come twice, as they do while somebody moves from one edge to another, by
/// participant number and sequence. The owner guards it.
final class Duplicates {
  /// More speakers than any edge admits: what a broken edge makes up costs the windows, no memory.
  static final int MAX_SPEAKERS = 1024;

  private static final int WIDTH = Long.SIZE;

  private final Map<Integer, Window> windows = new HashMap<>();
  private long count;

  /// The last sequences of one speaker: bit n says whether that of `newest - n` has come.
  private static final class Window {
    int newest;
    long seen;

    boolean take(int sequence) {
      int ahead = sequence - newest;
      if (ahead > 0 || ahead <= -WIDTH) {
        // One far behind is no repetition: the speaker's numbering began anew.
        seen = (ahead > 0 && ahead < WIDTH ? seen << ahead : 0) | 1;
        newest = sequence;
        return true;
      }
      long bit = 1L << -ahead;
      boolean first = (seen & bit) == 0;
      seen |= bit;
      return first;
    }
  }

  /// Whether this frame comes for the first time.
  boolean isFirst(Frame frame) {
    if (windows.size() >= MAX_SPEAKERS && !windows.containsKey(frame.participant())) {
      windows.clear();
    }
    boolean first =
        windows.computeIfAbsent(frame.participant(), _ -> new Window()).take(frame.sequence());
    count += first ? 0 : 1;
    return first;
  }

  /// Frames that were not the first.
  long count() {
    return count;
  }
}
