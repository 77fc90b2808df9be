package confab.room;

import confab.frames.Subscriber;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Participant;
import java.net.InetAddress;
import java.util.List;

/// A connection as its room sees it. The room calls all methods under its lock, so that everybody
/// gets events in one order. No method blocks, and only [#fence] may call back into the room, to
/// leave it.
interface Attendee {
  /// The connection is in the room. Called before any other event of the room is sent.
  ///
  /// @param everybody in the room, oneself included
  /// @param resumed whether the session was here before
  /// @param whole as in [Event.Reach]
  void welcome(List<Participant> everybody, boolean resumed, boolean whole);

  /// The way of the room's frames to it.
  Subscriber subscriber();

  /// Queues a control message; a connection whose participant does not read it ends.
  ///
  /// @param words whether nothing but words is in it, which may be dropped on the way
  void send(byte[] message, boolean words);

  /// Where it comes from.
  InetAddress address();

  /// Whether it has sent media.
  boolean spoke();

  /// When something was last received from it.
  long heardAt();

  /// The session has a later connection, or its participant number is another session's.
  void fence(CloseReason reason);

  /// The session has another connection on this edge. This one carries media for a moment more, so
  /// that whoever changes the transport hears no gap.
  void letGo();
}
