package confab.frames;

/// A participant's way out of its room. Frame path; guarded by `deliver` of its [FramePath],
/// but for what is volatile.
public final class Subscriber {
  /// What a report may hold beyond what was sent: two seconds of one speaker. Frames are lost
  /// before they come to this edge, too, and some are on the way when a report is made.
  private static final int SLACK = 100;

  /// Of fewer frames than this, a fifth of a second, a share says nothing.
  private static final int TELLING = 10;

  private final int participant;
  private final MediaLink link;
  private final Allowance allowance = new Allowance();
  private volatile boolean deafened;

  /// What the link had dropped by the last report.
  private long dropped;

  /// Frames sent since the last report, and those of before that it may not have told of.
  private long sent;

  private long untold;
  private boolean told;

  private volatile int lossPerMille;
  private volatile long reportedAt;
  private volatile boolean reported;

  /// @param participant who is not sent its own frames
  public Subscriber(int participant, MediaLink link) {
    this.participant = participant;
    this.link = link;
  }

  /// Whether it is sent nothing. Any thread may say so; it holds from the next round on.
  public void setDeafened(boolean nowDeafened) {
    deafened = nowDeafened;
  }

  /// Sends on what the subscriber is to hear of the round.
  void offer(Round round, long now) {
    if (deafened) {
      return;
    }
    allowance.noteSpeakers(round.contributors());
    Bundle bundle = round.bundleFor(participant, allowance.speakers(), now);
    if (bundle != null) {
      sent += bundle.frames();
      link.sendMedia(bundle, now);
    }
  }

  /// Whether it has said lately what it misses. Any thread may ask.
  boolean hasReportedSince(long time) {
    return reported && reportedAt - time >= 0;
  }

  /// As of its last report. Any thread may ask.
  int lossPerMille() {
    return lossPerMille;
  }

  /// The participant says to have heard so much since its last report.
  ///
  /// @return false when that is more than it was sent, and is ignored. The first report may tell of
  ///     another connection's frames: it is ignored without being false.
  boolean report(int received, int lost, long now) {
    boolean first = !told;
    told = true;
    long most = sent + untold + SLACK;
    boolean possible = received <= most && lost <= most;
    // What is still on the way was sent since the last report.
    untold = Math.clamp(sent + untold - received - lost, 0, sent);
    sent = 0;
    if (!possible) {
      return first;
    }
    if (received + lost >= TELLING) {
      lossPerMille = (int) (1000L * lost / (received + lost));
      reportedAt = now;
      reported = true;
    }
    long before = dropped;
    dropped = link.framesDropped();
    allowance.report(received, lost, dropped - before);
    return true;
  }
}
