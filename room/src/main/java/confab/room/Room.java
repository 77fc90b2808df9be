package confab.room;

import confab.bus.Bus;
import confab.bus.Subject;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.FrameHeader;
import confab.protocol.Participant;
import confab.protocol.RoomId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// One room on this edge. Membership changes under `this`, which also orders the events that
/// everybody gets; the frame path reads one volatile array that membership replaces.
final class Room {
  private final RoomId id;
  private final Bus bus;
  private final MediaCounters busCounters;

  /// Attached while there is a local participant.
  private volatile Bus.@Nullable Attachment media;

  private volatile Subscriber[] subscribers = {};

  // Guarded by this, in order of joining.
  private final Map<Integer, Session> sessions = new LinkedHashMap<>();
  // Guarded by this.
  private long emptySince;

  Room(RoomId id, Bus bus, MediaCounters busCounters, long now) {
    this.id = id;
    this.bus = bus;
    this.busCounters = busCounters;
    emptySince = now;
  }

  RoomId id() {
    return id;
  }

  // --- frame path ---

  /// Hands a local publisher's bundle to everybody else.
  void forward(Bundle bundle, int from) {
    Bus.Attachment attached = media;
    if (attached != null) {
      attached.publish(bundle.bytes());
    }
    fanOut(bundle, from);
  }

  /// Hands on what another edge published; that edge stamped it.
  private void forwardFromBus(byte[] message) {
    int offset = 0;
    int frames = 0;
    while (offset < message.length) {
      int frame = FrameHeader.frameLength(message, offset, message.length);
      if (frame < 0) {
        busCounters.dropped(DropReason.MALFORMED, 1);
        return;
      }
      offset += frame;
      frames++;
    }
    busCounters.received(frames, message.length);
    fanOut(new Bundle(message, frames), 0);
  }

  private void fanOut(Bundle bundle, int from) {
    for (Subscriber subscriber : subscribers) {
      subscriber.offer(bundle, from);
    }
  }

  // --- membership ---

  /// A number that nobody in the room has. Random, so that edges seldom meet.
  synchronized int freeNumber() {
    int number;
    do {
      number = ThreadLocalRandom.current().nextInt();
    } while (number == 0 || sessions.containsKey(number));
    return number;
  }

  /// Brings a session in: it gets the whole state, the others learn of it.
  synchronized void enter(Session session, String edge) {
    if (sessions.isEmpty()) {
      media = bus.attach(Subject.media(id), this::forwardFromBus);
    }
    broadcast(new Event.Joined(session.participant()));
    sessions.put(session.participant().number(), session);
    replaceSubscribers();
    session.send(
        new Event.Welcome(
            id,
            session.participant(),
            sessions.values().stream().map(Session::participant).toList(),
            session.id(),
            edge));
  }

  /// Takes a session out; the others learn why.
  synchronized void exit(Session session, CloseReason reason, long now) {
    if (sessions.remove(session.participant().number(), session)) {
      replaceSubscribers();
      broadcast(new Event.Left(session.participant().number(), reason));
    }
    if (sessions.isEmpty()) {
      emptySince = now;
      Bus.Attachment attached = media;
      media = null;
      if (attached != null) {
        attached.close();
      }
    }
  }

  /// Changes what everybody knows of a participant, if it is still here.
  synchronized void update(Session session, Participant changed) {
    boolean here = sessions.get(changed.number()) == session;
    if (here && !changed.equals(session.participant())) {
      session.setParticipant(changed);
      broadcast(new Event.Updated(changed));
    }
  }

  private void broadcast(Event event) {
    if (!sessions.isEmpty()) {
      byte[] message = event.toBytes();
      sessions.values().forEach(each -> each.send(message));
    }
  }

  private void replaceSubscribers() {
    subscribers = sessions.values().stream().map(Session::subscriber).toArray(Subscriber[]::new);
  }

  synchronized Session[] sessions() {
    return sessions.values().toArray(Session[]::new);
  }

  synchronized int size() {
    return sessions.size();
  }

  /// Whether nobody has been here since `time` or before.
  synchronized boolean emptySince(long time) {
    return sessions.isEmpty() && emptySince - time <= 0;
  }
}
