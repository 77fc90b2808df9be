package confab.participant;

import confab.protocol.Event;
import confab.protocol.Frame;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Notes down everything that a participant is told.
final class Diary implements SessionListener {
  /// One change of connections.
  record Change(String edge, boolean resumed) {}

  final List<Event> events = new CopyOnWriteArrayList<>();
  final List<List<Integer>> speakers = new CopyOnWriteArrayList<>();
  final List<Frame> frames = new CopyOnWriteArrayList<>();
  final List<Change> changes = new CopyOnWriteArrayList<>();
  final List<Session.Ending> endings = new CopyOnWriteArrayList<>();
  final List<String> notices = new CopyOnWriteArrayList<>();

  /// Called with every notice, before it is noted.
  volatile Consumer<String> onNotice = line -> {};

  @Override
  public void event(Event event) {
    events.add(event);
  }

  @Override
  public void frame(Frame frame) {
    frames.add(frame);
  }

  @Override
  public void speakers(List<Integer> numbers) {
    speakers.add(numbers);
  }

  @Override
  public void moved(String edge, boolean resumed) {
    changes.add(new Change(edge, resumed));
  }

  @Override
  public void ended(Session.Ending ending) {
    endings.add(ending);
  }

  @Override
  public void notice(String line) {
    onNotice.accept(line);
    notices.add(line);
  }
}
