package confab.room;

import confab.protocol.CloseReason;

/// The link under a session, declared here and implemented by the transports. All methods may be
/// called from any thread, also while a room is locked: none blocks and none throws.
public interface Connection {
  Transport transport();

  /// Sends a bundle soon or drops an older one for it; see [Outbox].
  void sendMedia(Bundle bundle);

  /// Media frames that were dropped so far since the connection did not get rid of them in time.
  long framesDropped();

  /// Queues one control message behind the earlier ones.
  ///
  /// @return false when the queue is full; the session then ends with
  ///     [CloseReason#SLOW_CONSUMER]
  boolean sendControl(byte[] message);

  /// Tells the peer why and lets go of it. Called once, by the session.
  void close(CloseReason reason);
}
