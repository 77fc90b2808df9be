package confab.e2e;

import confab.participant.Session;
import confab.participant.Session.Ending;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import confab.participant.Transport;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.Participant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A headless participant that counts aloud, one frame every 20 ms, and notes all it hears.
final class Robot implements SessionListener, AutoCloseable {
  /// As long as voice is at least.
  private static final byte[] PAYLOAD = new byte[20];

  final List<Event> events = new CopyOnWriteArrayList<>();
  final List<Frame> frames = new CopyOnWriteArrayList<>();
  final AtomicInteger resumes = new AtomicInteger();
  volatile boolean becameSomebodyElse;
  private final ScheduledExecutorService voice = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger spoken = new AtomicInteger();
  private final Session participant;

  private Robot(SessionConfig config) throws Exception {
    participant = Session.join(config, this);
  }

  static Robot join(SessionConfig config) throws Exception {
    return new Robot(config);
  }

  static Robot join(String url, String room, String user, Transport transport) throws Exception {
    return join(new SessionConfig(url, room, user, transport));
  }

  Robot speak() {
    var _ = voice.scheduleAtFixedRate(this::speakOnce, 0, 20, TimeUnit.MILLISECONDS);
    return this;
  }

  private void speakOnce() {
    int sequence = spoken.getAndIncrement();
    participant.send(new Frame(false, 0xa0, 0, sequence, 960 * sequence, PAYLOAD));
  }

  @Override
  public void event(Event event) {
    events.add(event);
  }

  @Override
  public void frame(Frame frame) {
    frames.add(frame);
  }

  @Override
  public void moved(String edge, boolean resumed) {
    resumes.incrementAndGet();
    becameSomebodyElse |= !resumed;
  }

  @Override
  public void ended(Ending ending) {
    voice.shutdownNow();
  }

  Session seat() {
    return participant;
  }

  /// The name of the edge that it is on.
  String edge() {
    return participant.edge();
  }

  /// The last sequence heard of a speaker; -1 before the first.
  int lastHeardOf(Robot speaker) {
    int number = speaker.seat().number();
    return frames.stream()
        .filter(frame -> frame.participant() == number)
        .mapToInt(Frame::sequence)
        .max()
        .orElse(-1);
  }

  List<Integer> sequencesOf(Robot speaker) {
    int number = speaker.seat().number();
    return frames.stream()
        .filter(frame -> frame.participant() == number)
        .map(Frame::sequence)
        .sorted()
        .toList();
  }

  /// How this one sees the other, if it does.
  Optional<Participant> view(Robot other) {
    return participant.roster().stream()
        .filter(each -> each.number() == other.seat().number())
        .findFirst();
  }

  long joinsAndLeaves() {
    return events.stream()
        .filter(event -> event instanceof Event.Joined || event instanceof Event.Left)
        .count();
  }

  @Override
  public void close() {
    voice.shutdownNow();
    participant.close();
  }
}
