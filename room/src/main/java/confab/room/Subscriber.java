package confab.room;

/// A session's way out of its room. Frame path; any thread offers.
final class Subscriber {
  private final int participant;
  private final Connection connection;
  private volatile boolean deafened;

  Subscriber(int participant, Connection connection) {
    this.participant = participant;
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
