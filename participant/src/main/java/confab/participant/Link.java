package confab.participant;

import confab.protocol.CloseReason;
import java.io.IOException;

/// A participant's end of a link to an edge, over one of the two transports: what carries a
/// [Connection].
///
/// Any thread may send and close. Bundles come on one thread and events on one thread, which on
/// WebSocket is the same one.
interface Link {
  /// What the other end sends.
  interface Receiver {
    void onBundle(byte[] bundle);

    void onEvent(byte[] event);

    /// Comes once at most, and not after [Link#close].
    void onEnd(Session.Ending ending);
  }

  /// Never [Transport#AUTO].
  Transport transport();

  /// Never waits and never throws: a bundle that cannot go now is dropped.
  ///
  /// @return whether it went
  boolean sendBundle(byte[] bundle);

  /// May wait a second for a place.
  void sendRequest(byte[] request) throws IOException;

  /// Tells the other end why, as far as that is still possible, and ends the link. May take
  /// some 100 ms, or two seconds when the other end is dead; only the first call does anything.
  void close(CloseReason reason);
}
