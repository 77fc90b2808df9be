package confab.participant;

import confab.protocol.Event;
import confab.protocol.Frame;
import java.util.List;

/// Two as one.
record BothListeners(SessionListener first, SessionListener second) implements SessionListener {
  @Override
  public void event(Event event) {
    first.event(event);
    second.event(event);
  }

  @Override
  public void speakers(List<Integer> numbers) {
    first.speakers(numbers);
    second.speakers(numbers);
  }

  @Override
  public void frame(Frame frame) {
    first.frame(frame);
    second.frame(frame);
  }

  @Override
  public void moved(String edge, boolean resumed) {
    first.moved(edge, resumed);
    second.moved(edge, resumed);
  }

  @Override
  public void ended(Session.Ending ending) {
    first.ended(ending);
    second.ended(ending);
  }

  @Override
  public void notice(String line) {
    first.notice(line);
    second.notice(line);
  }
}
