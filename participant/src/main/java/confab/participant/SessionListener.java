package confab.participant;

import confab.protocol.Event;
import confab.protocol.Frame;
import java.util.List;

/// What comes from the edges. Frames come one at a time and events come one at a time, on threads
/// of the connections, so methods return soon: within a frame's 20 ms, and without waiting for the
/// session. A frame may come during an event. Frames that come before the first `Welcome` are left
/// out.
public interface SessionListener {
  /// Every event but pongs, a `Welcome` first; the roster already shows it. A line of chat comes
  /// once, however often it was said. After a change of connections, what it has changed comes as
  /// the events that would have told, and another `Welcome` only when the participant is somebody
  /// new.
  default void event(Event event) {}

  /// The active speakers are others, in a room that forwards only the loudest; called after
  /// [#event]. Each connection begins with nobody.
  ///
  /// @param numbers of participants, the one who became one most recently first
  default void speakers(List<Integer> numbers) {}

  /// Each frame once, encrypted ones too. One may come before the event that introduces its
  /// speaker.
  ///
  /// @param frame of its receiver, payload and all
  default void frame(Frame frame) {}

  /// Another connection has taken over; the events that tell what it has changed have come.
  ///
  /// @param edge the name of its edge
  /// @param resumed the number is the same; otherwise the participant is somebody new
  default void moved(String edge, boolean resumed) {}

  /// The last call: the session has ended, other than by [Session#close].
  default void ended(Session.Ending ending) {}

  /// A line for a person: something did not work and something else is tried.
  default void notice(String line) {}

  /// Tells this listener everything first, and then `next`.
  default SessionListener andThen(SessionListener next) {
    return new BothListeners(this, next);
  }
}
