package confab.participant;

import confab.protocol.Frame;
import confab.protocol.Request.ReceiverReport;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which frames of whom have come, by participant number and sequence. Recognises frames that come
/// twice, as they do while somebody moves from one edge to another, and counts what comes and what
/// is missing for receiver reports. Guarded by itself; it never calls out.
final class Sequences {
  /// More speakers than any edge admits: what a broken edge makes up costs the windows, no memory.
  static final int MAX_SPEAKERS = 1024;

  /// A jump as wide as this, 1.28 s of speech, tells nothing of the way: somebody was muted or not
  /// among the loudest, or has begun anew.
  private static final int WIDTH = Long.SIZE;

  /// What comes again within so many frames, 5 s of speech, is recognised: a busy edge may hand on
  /// the last frames before it ends long after another has.
  private static final int MEMORY = 256;

  private final Map<Integer, Window> windows = new HashMap<>();
  private long duplicates;
  private int received;

  /// Below zero when more of what was reported lost has come than has gone missing since.
  private int lost;

  /// The last sequences of one speaker. Bit n of what is missing stands for that of `newest - n`.
  private final class Window {
    private final int[] memory = new int[MEMORY];
    private int newest;
    private long missing;

    Window(int first) {
      begin(first);
    }

    /// Whether this one comes for the first time.
    boolean take(int sequence) {
      int ahead = sequence - newest;
      if (ahead >= MEMORY || ahead <= -MEMORY) {
        begin(sequence);
      }
      int place = Math.floorMod(sequence, MEMORY);
      if (memory[place] == sequence) {
        return false;
      }
      memory[place] = sequence;
      note(sequence, sequence - newest);
      return true;
    }

    /// Nothing of what stands there has its place there.
    private void begin(int sequence) {
      Arrays.setAll(memory, place -> place + 1);
      newest = sequence;
      missing = 0;
    }

    private void note(int sequence, int ahead) {
      if (ahead >= WIDTH || ahead <= -WIDTH) {
        newest = sequence;
        missing = 0;
      } else if (ahead > 0) {
        long skipped = (1L << ahead) - 2;
        newest = sequence;
        missing = missing << ahead | skipped;
        lost += ahead - 1;
      } else {
        long bit = 1L << -ahead;
        lost -= (missing & bit) == 0 ? 0 : 1;
        missing &= ~bit;
      }
    }
  }

  /// Whether this frame comes for the first time.
  synchronized boolean isFirst(Frame frame) {
    if (windows.size() >= MAX_SPEAKERS && !windows.containsKey(frame.participant())) {
      windows.clear();
    }
    boolean first =
        windows
            .computeIfAbsent(frame.participant(), _ -> new Window(frame.sequence()))
            .take(frame.sequence());
    received += first ? 1 : 0;
    duplicates += first ? 0 : 1;
    return first;
  }

  /// The participant has gone; its number may become another's.
  synchronized void forget(int participant) {
    windows.remove(participant);
  }

  /// Frames that were not the first.
  synchronized long duplicates() {
    return duplicates;
  }

  /// What has come since the last report; empty when there is nothing to tell.
  synchronized Optional<ReceiverReport> takeReport() {
    var report = new ReceiverReport(reportable(received), reportable(lost));
    received = 0;
    lost -= report.lost();
    return report.received() + report.lost() == 0 ? Optional.empty() : Optional.of(report);
  }

  private static int reportable(int count) {
    return Math.clamp(count, 0, ReceiverReport.MAX_FRAMES);
  }
}
