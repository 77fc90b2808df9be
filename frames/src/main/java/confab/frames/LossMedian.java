package confab.frames;

import java.util.Arrays;

/// What the listeners of one room miss: the median of what they last reported, gathered once for
/// all publishers who are told it in one sweep. Owned by the thread that sweeps; what it reads of
/// subscribers may be from before or after a report.
final class LossMedian {
  /// Receivers report once a second.
  private static final long REPORT_LIFETIME_NANOS = 3_000_000_000L;

  private int[] losses = {};
  private int count;
  private long gatheredAt;
  private boolean gathered;

  /// How many of a thousand frames the listeners other than `publisher` miss; 0 when nobody says.
  ///
  /// @param now the same for all publishers of one sweep
  int without(Subscriber publisher, Subscriber[] subscribers, long now) {
    if (!gathered || gatheredAt != now) {
      gather(subscribers, now);
    }
    if (!publisher.hasReportedSince(now - REPORT_LIFETIME_NANOS)) {
      return count == 0 ? 0 : losses[count / 2];
    }
    int own = Arrays.binarySearch(losses, 0, count, publisher.lossPerMille());
    if (own < 0) {
      // A report came since.
      return count == 0 ? 0 : losses[count / 2];
    }
    int others = count - 1;
    int middle = others / 2;
    return others == 0 ? 0 : losses[middle < own ? middle : middle + 1];
  }

  private void gather(Subscriber[] subscribers, long now) {
    gathered = true;
    gatheredAt = now;
    count = 0;
    if (losses.length < subscribers.length) {
      losses = new int[subscribers.length];
    }
    for (Subscriber each : subscribers) {
      if (each.hasReportedSince(now - REPORT_LIFETIME_NANOS)) {
        losses[count++] = each.lossPerMille();
      }
    }
    Arrays.sort(losses, 0, count);
  }
}
