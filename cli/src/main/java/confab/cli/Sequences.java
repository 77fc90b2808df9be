package confab.cli;

import confab.protocol.Frame;
import confab.protocol.Request.ReceiverReport;
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

  private final Map<Integer, Window> windows = new HashMap<>();
  private long duplicates;
  private int received;

  /// Below zero when more of what was reported lost has come than has gone missing since.
  private int lost;

  /// The last sequences of one speaker: bit n stands for that of `newest - n`.
  private final class Window {
    private int newest;
    private long seen;
    private long missing;

    /// Whether this one comes for the first time.
    boolean take(int sequence) {
      int ahead = sequence - newest;
      if (seen == 0 || ahead >= WIDTH || ahead <= -WIDTH) {
        begin(sequence);
        return true;
      }
      if (ahead > 0) {
        advance(ahead);
        return true;
      }
      return fill(1L << -ahead);
    }

    private void begin(int sequence) {
      newest = sequence;
      seen = 1;
      missing = 0;
    }

    private void advance(int ahead) {
      long skipped = (1L << ahead) - 2;
      newest += ahead;
      seen = seen << ahead | 1;
      missing = missing << ahead | skipped;
      lost += ahead - 1;
    }

    private boolean fill(long bit) {
      boolean first = (seen & bit) == 0;
      lost -= (missing & bit) == 0 ? 0 : 1;
      seen |= bit;
      missing &= ~bit;
      return first;
    }
  }

  /// Whether this frame comes for the first time.
  synchronized boolean isFirst(Frame frame) {
    if (windows.size() >= MAX_SPEAKERS && !windows.containsKey(frame.participant())) {
      windows.clear();
    }
    boolean first =
        windows.computeIfAbsent(frame.participant(), _ -> new Window()).take(frame.sequence());
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
