package confab.room;

import confab.protocol.Participant;

/// A session's way out of its room. Frame path; any thread offers.
final class Subscriber {
  private final int participant;
  private final Connection connection;
  private volatile boolean deafened;

  Subscriber(Participant participant, Connection connection) {
    this.participant = participant.number();
    deafened = participant.deafened();
    this.connection = connection;
  }

  void setDeafened(boolean nowDeafened) {
    deafened = nowDeafened;
  }

  /// Sends the bundle on, unless it is the subscriber's own or nobody listens.
  ///
  /// @param from who published it; 0 when it came over the bus
  void offer(Bundle bundle, int from) {
    if (from != participant && !deafened) {
      connection.sendMedia(bundle);
    }
  }
}
