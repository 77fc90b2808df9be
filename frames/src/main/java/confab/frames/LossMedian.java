package confab.frames;

import java.util.Arrays;

/// What the listeners of one room miss: the lower median of what they last reported, gathered once
/// for all publishers who are told it in one sweep. Owned by the thread that sweeps; what it reads
/// of subscribers may be from before or after a report.
///
/// A report is only a claim, and a publisher who believes a false one sounds worse for all. So
/// more than half of those who report must miss something. One alone is believed where nobody else
/// listens, and up to [#MOST_OF_ONE] elsewhere.
final class LossMedian {
  /// Receivers report once a second.
  private static final long REPORT_LIFETIME_NANOS = 3_000_000_000L;

  /// Protection against so much is what a page begins with; more would lower its bitrate.
  private static final int MOST_OF_ONE = 100;

  private int[] losses = {};
  private int count;
  private long gatheredAt;
  private boolean gathered;

  /// How many of a thousand frames the listeners other than `publisher` miss; 0 when nobody says.
  ///
  /// @param participants in the room, on all edges
  /// @param now the same for all publishers of one sweep
  int without(Subscriber publisher, Subscriber[] subscribers, int participants, long now) {
    if (!gathered || gatheredAt != now) {
      gather(subscribers, now);
    }
    int own = ownPlace(publisher, now);
    int others = own < 0 ? count : count - 1;
    if (others == 0) {
      return 0;
    }
    int middle = (others - 1) / 2;
    int median = losses[own < 0 || middle < own ? middle : middle + 1];
    return others == 1 && participants > 2 ? Math.min(median, MOST_OF_ONE) : median;
  }

  /// Where the publisher's own report stands; negative when it is not there, or came since.
  private int ownPlace(Subscriber publisher, long now) {
    return publisher.hasReportedSince(now - REPORT_LIFETIME_NANOS)
        ? Arrays.binarySearch(losses, 0, count, publisher.lossPerMille())
        : -1;
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
