package confab.frames;

/// A participant's way out of its room. Frame path; guarded by `deliver` of its [FramePath],
/// but for what is volatile.
public final class Subscriber {
  private final int participant;
  private final MediaLink link;
  private final Allowance allowance = new Allowance();
  private volatile boolean deafened;

  /// What the link had dropped by the last report.
  private long dropped;

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

  /// The participant has heard so much since its last report.
  void report(int received, int lost, long now) {
    lossPerMille = received + lost == 0 ? 0 : (int) (1000L * lost / (received + lost));
    reportedAt = now;
    reported = true;
    long before = dropped;
    dropped = link.framesDropped();
    allowance.report(received, lost, dropped - before);
  }
}
