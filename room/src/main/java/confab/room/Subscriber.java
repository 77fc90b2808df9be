package confab.room;

import confab.protocol.Participant;

/// A session's way out of its room. Frame path; but for [#setDeafened], guarded by the [FramePath].
final class Subscriber {
  private final int participant;
  private final Connection connection;
  private final Allowance allowance = new Allowance();
  private volatile boolean deafened;

  /// What the connection had dropped by the last report.
  private long dropped;

  private int lossPerMille;
  private long reportedAt;
  private boolean reported;

  Subscriber(Participant participant, Connection connection) {
    this.participant = participant.number();
    deafened = participant.deafened();
    this.connection = connection;
  }

  void setDeafened(boolean nowDeafened) {
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
      connection.sendMedia(bundle);
    }
  }

  int participant() {
    return participant;
  }

  boolean hasReportedSince(long time) {
    return reported && reportedAt - time >= 0;
  }

  /// As of its last report.
  int lossPerMille() {
    return lossPerMille;
  }

  /// The participant has heard so much since its last report.
  void report(int received, int lost, long now) {
    lossPerMille = received + lost == 0 ? 0 : (int) (1000L * lost / (received + lost));
    reportedAt = now;
    reported = true;
    long before = dropped;
    dropped = connection.framesDropped();
    allowance.report(received, lost, dropped - before);
  }
}
