package confab.room;

import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.Event;
import confab.protocol.Participant;
import confab.protocol.Request;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One participant's presence on this edge: its identity, its requests, its lifetime. A transport
/// feeds it: [#onBundle] from its receive thread, [#onControl] from one thread at a time, and
/// [#close] from anywhere. None of them blocks or throws, whatever the bytes.
public final class Session {
  /// So many refused requests in a row end a session.
  static final int MAX_REFUSED_REQUESTS = 200;

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final String id;
  private final Rooms rooms;
  private final Room room;
  private final Connection connection;
  private final Publisher publisher;
  private final Subscriber subscriber;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Participant participant;
  private volatile long heardAt;

  // Owned by the thread that calls onControl.
  private final TokenBucket requests;
  private int refusedInARow;

  Session(
      String id, Rooms rooms, Room room, Connection connection, Participant participant, long now) {
    this.id = id;
    this.rooms = rooms;
    this.room = room;
    this.connection = connection;
    this.participant = participant;
    RoomLimits limits = rooms.limits();
    MediaCounters counters = rooms.counters(connection.transport());
    publisher = new Publisher(participant.number(), room, counters, limits, now);
    subscriber = new Subscriber(participant.number(), connection);
    requests = new TokenBucket(limits.requests(), now);
    heardAt = now;
  }

  /// Names this session in logs.
  public String id() {
    return id;
  }

  /// Takes the bundle of one datagram or media message; the buffer may be reused afterwards.
  public void onBundle(ByteBuffer bundle) {
    if (closed.get()) {
      return;
    }
    long now = rooms.nanoTime();
    heardAt = now;
    publisher.publish(bundle, now);
  }

  /// Takes one control message.
  public void onControl(byte[] message) {
    if (closed.get()) {
      return;
    }
    long now = rooms.nanoTime();
    heardAt = now;
    if (requests.tryTake(1, now)) {
      refusedInARow = 0;
      handle(Request.parse(message));
    } else if (++refusedInARow > MAX_REFUSED_REQUESTS) {
      close(CloseReason.RATE_LIMITED);
    } else {
      int retryAfter = (int) (requests.nanosUntil(1, now) / 1_000_000) + 1;
      send(new Event.Refused("rate_limited", "Too many requests.", retryAfter));
    }
  }

  private void handle(Request request) {
    switch (request) {
      case Request.Ping(long time) -> send(new Event.Pong(time));
      case Request.Rename(String name) -> rename(name);
      case Request.SetMuted(boolean muted) -> {
        publisher.setMuted(muted);
        room.update(this, participant.withMuted(muted));
      }
      case Request.SetDeafened(boolean deafened) -> {
        subscriber.setDeafened(deafened);
        room.update(this, participant.withDeafened(deafened));
      }
      case Request.WhoAmI() -> send(new Event.You(participant));
      case Request.Leave() -> close(CloseReason.LEFT);
      case Request.Unknown() -> {}
      case Request.Malformed() -> close(CloseReason.PROTOCOL_VIOLATION);
    }
  }

  private void rename(String name) {
    if (DisplayName.isValid(name)) {
      room.update(this, participant.withName(new DisplayName(name)));
    } else {
      Admission.Refused refused = Gate.badName();
      send(new Event.Refused(refused.error(), refused.message(), 0));
    }
  }

  /// Ends the session; the only way it ends. The first caller's reason counts, later calls do
  /// nothing.
  public void close(CloseReason reason) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    rooms.leave(this, reason);
    connection.close(reason);
    LOG.atInfo()
        .addKeyValue("session", id)
        .addKeyValue("room", room.id())
        .addKeyValue("user", participant.user())
        .addKeyValue("reason", reason.wireName())
        .log("session closed");
  }

  void send(Event event) {
    send(event.toBytes());
  }

  void send(byte[] message) {
    if (!connection.sendControl(message)) {
      // Rooms send while they are locked; leaving would change what they iterate over.
      Thread.startVirtualThread(() -> close(CloseReason.SLOW_CONSUMER));
    }
  }

  Room room() {
    return room;
  }

  Transport transport() {
    return connection.transport();
  }

  Participant participant() {
    return participant;
  }

  /// Called by the room, under its lock.
  void setParticipant(Participant changed) {
    participant = changed;
  }

  Subscriber subscriber() {
    return subscriber;
  }

  /// When anything was last heard, in the time of [Rooms#nanoTime].
  long heardAt() {
    return heardAt;
  }
}
