package confab.bench.abuse;

import confab.bench.listener.Speaker;
import confab.participant.JoinException;
import confab.participant.Session;
import confab.participant.SessionConfig;
import confab.participant.SessionListener;
import confab.participant.Transport;
import confab.protocol.Event;
import confab.protocol.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// A normal call, which must not notice an attack: over each transport one speaks and one listens.
/// Its frames say who made them and when, so that those of others do not count.
final class Call implements AutoCloseable {
  static final List<Transport> TRANSPORTS = List.of(Transport.WEBTRANSPORT, Transport.WEBSOCKET);
  private static final int PAYLOAD_BYTES = 80;

  private final String url;
  private final String room;
  private final long id = ThreadLocalRandom.current().nextLong(1L << 48);
  private final List<Mouth> mouths = new ArrayList<>();
  private final Map<Transport, Ear> ears = new HashMap<>();
  private final List<Session> sessions = new ArrayList<>();
  private final List<Speaker> speakers = new ArrayList<>();

  private Call(String url, String room) {
    this.url = url;
    this.room = room;
  }

  /// Returns when everybody is in the room and speaks.
  static Call start(String url, String room) throws JoinException {
    var call = new Call(url, room);
    try {
      for (Transport each : TRANSPORTS) {
        var ear = new Ear();
        call.ears.put(each, ear);
        Session _ = call.join("listener", each, ear);
      }
      for (Transport each : TRANSPORTS) {
        var mouth = new Mouth(call.id + call.mouths.size());
        call.mouths.add(mouth);
        Session speaking = call.join("speaker", each, mouth);
        call.speakers.add(Speaker.start(speaking, (_, due) -> mouth.payload(due)));
      }
      return call;
    } catch (JoinException | RuntimeException e) {
      call.close();
      throw e;
    }
  }

  private Session join(String user, Transport transport, SessionListener listener)
      throws JoinException {
    String who = user + "-" + transport.label();
    Session session = Session.join(new SessionConfig(url, room, who, transport), listener);
    sessions.add(session);
    return session;
  }

  String room() {
    return room;
  }

  /// How many of a thousand frames that were made between two times never came to the listener of
  /// this transport.
  double lostPerMille(Transport transport, long from, long to) {
    Ear ear = ears.getOrDefault(transport, new Ear());
    int made = 0;
    int lost = 0;
    for (Mouth mouth : mouths) {
      for (long due : mouth.made(from, to)) {
        made++;
        lost += ear.hasHeard(mouth.id, due) ? 0 : 1;
      }
    }
    return 1000.0 * lost / made;
  }

  /// The greatest loss of listeners that a speaker was told of, of a thousand.
  int worstToldLoss() {
    return mouths.stream().mapToInt(Mouth::worstToldLoss).max().orElse(0);
  }

  @Override
  public void close() {
    speakers.forEach(Speaker::close);
    sessions.forEach(Session::close);
  }

  /// One who speaks; notes what it has said: 50 notes a second.
  private static final class Mouth implements SessionListener {
    private final long id;
    private final List<Long> said = new ArrayList<>(); // this and below guarded by this
    private int told;

    Mouth(long id) {
      this.id = id;
    }

    synchronized byte[] payload(long due) {
      said.add(due);
      return ByteBuffer.allocate(PAYLOAD_BYTES).putLong(id).putLong(due).array();
    }

    synchronized List<Long> made(long from, long to) {
      return said.stream().filter(due -> due - from >= 0 && due - to < 0).toList();
    }

    @Override
    public synchronized void event(Event event) {
      if (event instanceof Event.PublisherReport(int _, int _, int listenersLoss, var _)) {
        told = Math.max(told, listenersLoss);
      }
    }

    synchronized int worstToldLoss() {
      return told;
    }
  }

  /// One who listens.
  private static final class Ear implements SessionListener {
    private final Map<Long, Set<Long>> heard = new HashMap<>(); // guarded by this

    @Override
    public void frame(Frame frame) {
      if (frame.payload().length == PAYLOAD_BYTES) {
        ByteBuffer payload = ByteBuffer.wrap(frame.payload());
        note(payload.getLong(), payload.getLong());
      }
    }

    private synchronized void note(long mouth, long due) {
      heard.computeIfAbsent(mouth, _ -> new HashSet<>()).add(due);
    }

    synchronized boolean hasHeard(long mouth, long due) {
      return heard.getOrDefault(mouth, Set.of()).contains(due);
    }
  }
}
