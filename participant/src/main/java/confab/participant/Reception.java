package confab.participant;

import confab.participant.Session.Stats;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Participant;
import confab.protocol.Request.ReceiverReport;
import confab.protocol.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// Hands on what comes from the edges, whichever it comes from: frames and lines of chat once each,
/// and the changes of the roster as if there had been one connection all the time.
///
/// Frames come from two links while the session moves; `frames` lets them through one at a time.
/// Events come one at a time, which the session sees to by its own lock: what the listener does
/// with a frame may need that lock, so nothing that events do waits for `frames`.
final class Reception {
  /// Whom the edge of a resumed session does not name is kept for so long. An edge that is the
  /// first of its room there learns within moments who is on the others.
  private static final long MISSING_LIMIT_NANOS = Duration.ofSeconds(3).toNanos();

  private final SessionListener listener;
  private final Roster roster = new Roster();
  private final Sequences sequences = new Sequences();
  private final Repetitions repetitions = new Repetitions();
  private final Object frames = new Object();
  private final LongAdder resumes = new LongAdder();
  private final LongAdder rejoins = new LongAdder();
  private final LongAdder moves = new LongAdder();

  /// Touched with events only.
  private List<Integer> speakers = List.of();

  /// Touched with events only.
  private long resumedAt;

  Reception(SessionListener listener) {
    this.listener = listener;
  }

  void take(byte[] bundle) {
    synchronized (frames) {
      for (Frame frame : Frame.parseBundle(bundle)) {
        if (sequences.isFirst(frame)) {
          listener.frame(frame);
        }
      }
    }
  }

  void take(Event event) {
    if (event instanceof Event.Said said && repetitions.isRepeated(said, userOf(said))) {
      return;
    }
    Event told =
        switch (event) {
          case Event.Joined(Participant who, boolean _) when roster.isMissing(who.number()) ->
              new Event.Updated(who);
          default -> event;
        };
    roster.note(told);
    tell(told);
  }

  private Optional<UserId> userOf(Event.Said said) {
    return roster.find(said.number()).map(Participant::user);
  }

  private void tell(Event event) {
    listener.event(event);
    switch (event) {
      case Event.Welcome _ -> speak(List.of());
      case Event.Left(int number, CloseReason _) -> sequences.forget(number);
      case Event.Speakers(List<Integer> numbers) -> speak(numbers);
      default -> {}
    }
  }

  private void speak(List<Integer> numbers) {
    if (!numbers.equals(speakers)) {
      speakers = numbers;
      listener.speakers(numbers);
    }
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
      roster.goOn(welcome).forEach(this::tell);
      resumedAt = System.nanoTime();
      speak(List.of());
      resumes.increment();
      moves.add(asked ? 1 : 0);
    } else {
      rejoins.increment();
      take(welcome);
    }
    listener.moved(welcome.edge(), welcome.resumed());
  }

  /// Lets those go whom an edge has not named in time. Called now and then, as events are.
  void sweep(long now) {
    if (now - resumedAt >= MISSING_LIMIT_NANOS) {
      roster.missing().forEach(number -> take(new Event.Left(number, CloseReason.LEFT)));
    }
  }

  Roster roster() {
    return roster;
  }

  /// What has come since the last report; empty when there is nothing to tell.
  Optional<ReceiverReport> takeReport() {
    return sequences.takeReport();
  }

  Stats stats() {
    return new Stats(resumes.sum(), rejoins.sum(), moves.sum(), sequences.duplicates());
  }
}
