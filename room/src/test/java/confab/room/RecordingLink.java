package confab.room;

import confab.frames.Bundle;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Frame;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A link whose other end is the test: it keeps what it is given.
final class RecordingLink implements Link {
  final List<Event> events = new CopyOnWriteArrayList<>();
  final List<Frame> frames = new CopyOnWriteArrayList<>();
  volatile @Nullable CloseReason closed;
  volatile boolean full;
  int messages;
  int bundles;
  int bytes;
  volatile long framesDropped;

  @Override
  public Transport transport() {
    return Transport.WEBTRANSPORT;
  }

  @Override
  public void sendMedia(Bundle bundle, long now) {
    bundles++;
    bytes += bundle.bytes().length;
    frames.addAll(Frame.parseBundle(bundle.bytes()));
  }

  @Override
  public long framesDropped() {
    return framesDropped;
  }

  @Override
  public boolean sendControl(byte[] message, boolean words) {
    messages++;
    return !full && events.addAll(Event.parse(message));
  }

  @Override
  public void close(CloseReason reason) {
    closed = reason;
  }

  <T extends Event> List<T> eventsOf(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
