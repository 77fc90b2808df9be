package confab.frames;

/// How many speakers at a time one receiver is sent. It follows what the receiver reports to have
/// heard (RFC 3550 section 6.4) and what its link dropped meanwhile. Loss on the way alone changes
/// nothing, since fewer speakers would not mend it. What counts is that congestion control lets too
/// little through.
///
/// Guarded by the [FramePath].
final class Allowance {
  private static final int EVERYONE = Integer.MAX_VALUE;

  /// The part of the frames meant for the receiver that its link may drop before it is sent fewer
  /// speakers.
  private static final double TOO_MUCH_DROPPED = 0.03;

  /// From so many bad reports in a row on, each takes a speaker. One alone tells of a stall, which
  /// is over, and not of a narrow link.
  private static final int BAD_REPORTS = 2;

  /// After so many good reports, which are a second apart, one more speaker is tried.
  static final int GOOD_REPORTS = 5;

  /// A receiver that carries this many speakers is sent all of them.
  private static final int ENOUGH = 10;

  private int speakers = EVERYONE;
  private int mostAtOnce = 1;
  private int badReports;
  private int goodReports;

  int speakers() {
    return speakers;
  }

  /// Notes how many speakers there were to be sent at a time.
  void noteSpeakers(int atOnce) {
    mostAtOnce = Math.max(mostAtOnce, atOnce);
  }

  /// @param received frames that arrived since the last report
  /// @param lost frames that did not
  /// @param dropped frames that the connection dropped before they left
  void report(int received, int lost, long dropped) {
    boolean bad = lost > 0 && dropped > TOO_MUCH_DROPPED * (received + dropped);
    badReports = bad ? badReports + 1 : 0;
    goodReports = bad ? 0 : goodReports + 1;
    if (badReports >= BAD_REPORTS) {
      speakers = Math.max(1, Math.min(speakers, mostAtOnce) - 1);
    } else if (speakers != EVERYONE && goodReports >= GOOD_REPORTS) {
      speakers = speakers >= ENOUGH ? EVERYONE : speakers + 1;
      goodReports = 0;
    }
    mostAtOnce = 1;
  }
}
