package confab.cli;

import confab.cli.HeadlessParticipant.Listener;
import confab.cli.HeadlessParticipant.Stats;
import confab.protocol.Event;
import confab.protocol.Frame;
import java.util.concurrent.atomic.LongAdder;

/// Hands on what comes from the edges, whichever it comes from: frames once each, and the changes
/// of the roster as if there had been one connection all the time.
///
/// Frames come from two links while the session moves; they and the duplicates are guarded by
/// `duplicates`. Events come one at a time, which the session sees to.
final class Reception {
  private final Listener listener;
  private final Roster roster = new Roster();
  private final Duplicates duplicates = new Duplicates();
  private final LongAdder resumes = new LongAdder();
  private final LongAdder moves = new LongAdder();

  Reception(Listener listener) {
    this.listener = listener;
  }

  void take(byte[] bundle) {
    synchronized (duplicates) {
      for (Frame frame : Frame.parseBundle(bundle)) {
        if (duplicates.isFirst(frame)) {
          listener.frame(frame);
        }
      }
    }
  }

  void take(Event event) {
    roster.note(event);
    listener.event(event);
  }

  /// The first welcome of all.
  void begin(Event.Welcome welcome) {
    take(welcome);
  }

  /// Every other welcome.
  ///
  /// @param asked the edge before had asked to move
  void goOn(Event.Welcome welcome, boolean asked) {
    if (welcome.resumed()) {
      var changes = roster.changesTo(welcome);
      roster.note(welcome);
      changes.forEach(listener::event);
      resumes.increment();
      moves.add(asked ? 1 : 0);
    } else {
      take(welcome);
    }
    listener.moved(welcome.edge(), welcome.resumed());
  }

  Roster roster() {
    return roster;
  }

  Stats stats() {
    synchronized (duplicates) {
      return new Stats(resumes.sum(), moves.sum(), duplicates.count());
    }
  }
}
