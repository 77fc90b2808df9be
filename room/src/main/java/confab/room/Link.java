package confab.room;

import confab.frames.MediaLink;
import confab.protocol.CloseReason;

/// One WebTransport or WebSocket wire to a participant, declared here and implemented by the
/// transports. All methods may be called from any thread, also while a room is locked: none blocks
/// and none throws.
public interface Link extends MediaLink {
  Transport transport();

  /// Queues one control message behind the earlier ones, as [ControlQueue] does.
  ///
  /// @param words whether nothing but words is in it, which may be dropped
  /// @return false when the participant does not read; the connection then ends with
  ///     [CloseReason#SLOW_CONSUMER]
  boolean sendControl(byte[] message, boolean words);

  /// Tells the peer why and lets go of it. Called once, by the connection.
  void close(CloseReason reason);
}
