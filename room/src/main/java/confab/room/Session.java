package confab.room;

import confab.protocol.ChatText;
import confab.protocol.CloseReason;
import confab.protocol.DisplayName;
import confab.protocol.Event;
import confab.protocol.Member;
import confab.protocol.Participant;
import confab.protocol.Reaction;
import confab.protocol.Request;
import confab.room.Admission.Admitted;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection's part of a session: admitted, then in the room from `Enter` on, then closed. A
/// session that comes back gets another object, and the former one is fenced. A transport feeds
/// it: [#onBundle] from its receive thread, [#onControl] from one thread at a time, and [#close]
/// from anywhere. None of them blocks or throws, whatever the bytes.
public final class Session {
  /// So many refused requests in a row end a session.
  static final int MAX_REFUSED_REQUESTS = 200;

  private static final long PUBLISHER_REPORT_NANOS = 2_000_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final String id = Rooms.hex(ThreadLocalRandom.current().nextLong());
  private final Rooms rooms;
  private final Admitted admitted;
  private final Connection connection;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final long openedAt;
  private volatile long heardAt;

  /// Null before it has entered.
  private volatile @Nullable Place place;

  private volatile boolean moving;

  /// When a later connection took over; 0 while none has.
  private volatile long fencedAt;

  // Owned by the thread that sweeps.
  private long publishedTold;

  // Owned by the thread that calls onControl.
  private final TokenBucket requests;
  private int refusedInARow;
  private long tokenAt;
  private @Nullable Member tokenFor;

  /// What it has in its room.
  private record Place(Room room, Seat seat, Publisher publisher, Subscriber subscriber) {}

  Session(Rooms rooms, Admitted admitted, Connection connection, long now) {
    this.rooms = rooms;
    this.admitted = admitted;
    this.connection = connection;
    requests = new TokenBucket(rooms.limits().requests(), now);
    openedAt = now;
    publishedTold = now;
    heardAt = now;
  }

  /// Names this connection.
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
    Place in = place;
    if (in == null) {
      rooms.counters(connection.transport()).dropped(DropReason.NOT_ENTERED, 1);
    } else {
      in.publisher().publish(bundle, now);
    }
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
      handle(Request.parse(message), now);
    } else if (++refusedInARow > MAX_REFUSED_REQUESTS) {
      close(CloseReason.RATE_LIMITED);
    } else {
      int retryAfter = (int) (requests.nanosUntil(1, now) / 1_000_000) + 1;
      send(new Event.Refused("rate_limited", "Too many requests.", retryAfter));
    }
  }

  private void handle(Request request, long now) {
    Place in = place;
    switch (request) {
      case Request.Ping(long time) -> send(new Event.Pong(time, freshToken(now)));
      case Request.Leave() -> close(CloseReason.LEFT);
      case Request.Unknown() -> {}
      case Request.Enter enter when in == null -> rooms.enter(this, enter);
      case Request.Enter _, Request.Malformed() -> close(CloseReason.PROTOCOL_VIOLATION);
      case Request.InRoom inRoom -> {
        if (in == null) {
          close(CloseReason.PROTOCOL_VIOLATION);
        } else if (fencedAt == 0) {
          handle(inRoom, in);
        }
      }
    }
  }

  private void handle(Request.InRoom request, Place in) {
    switch (request) {
      case Request.Rename(String name) -> rename(name, in);
      case Request.SetMuted(boolean muted) -> {
        in.publisher().setMuted(muted);
        update(in, who -> who.withMuted(muted));
      }
      case Request.SetDeafened(boolean deafened) -> {
        in.subscriber().setDeafened(deafened);
        update(in, who -> who.withDeafened(deafened));
      }
      case Request.RaiseHand(boolean raised) -> update(in, who -> who.withHandRaised(raised));
      case Request.Say(String text) -> say(text, in);
      case Request.React(Reaction reaction) ->
          in.room().say(in.seat(), new Event.Reacted(participant().number(), reaction));
      case Request.ReceiverReport(int received, int lost) ->
          in.room().framePath().report(in.subscriber(), received, lost, rooms.nanoTime());
      case Request.WhoAmI() -> send(new Event.You(participant(), ""));
    }
  }

  private void say(String text, Place in) {
    if (ChatText.isValid(text)) {
      in.room().say(in.seat(), new Event.Said(participant().number(), new ChatText(text)));
    } else {
      String most = "Texts have 1 to %d characters.".formatted(ChatText.MAX_CODE_POINTS);
      send(new Event.Refused("bad_text", most, 0));
    }
  }

  private void rename(String name, Place in) {
    if (DisplayName.isValid(name)) {
      update(in, who -> who.withName(new DisplayName(name)));
    } else {
      Admission.Refused refused = Gate.badName();
      send(new Event.Refused(refused.error(), refused.message(), 0));
    }
  }

  /// A token that says so goes with a change: whoever comes back is as they left.
  private void update(Place in, UnaryOperator<Participant> change) {
    Participant before = participant();
    in.room().update(in.seat(), change);
    if (!participant().equals(before)) {
      send(new Event.You(participant(), freshToken(rooms.nanoTime())));
    }
  }

  // --- in the room ---

  /// Called by the room, under its lock.
  void sitDown(Room room, Seat seat) {
    Participant you = seat.member().participant();
    MediaCounters counters = rooms.counters(connection.transport());
    var publisher =
        new Publisher(you, room.framePath(), counters, rooms.limits(), rooms.nanoTime());
    place = new Place(room, seat, publisher, new Subscriber(you, connection));
  }

  /// Called by the room, under its lock, by the thread that calls onControl.
  void welcome(
      Room room, Member member, Collection<Participant> everybody, boolean resumed, boolean whole) {
    send(
        new Event.Welcome(
            room.id(),
            member.participant(),
            List.copyOf(everybody),
            Rooms.hex(member.session()),
            rooms.edge().name(),
            freshToken(rooms.nanoTime()),
            resumed,
            whole));
  }

  /// A resume token when the last one is getting old or says something else; empty otherwise.
  private String freshToken(long now) {
    Place in = place;
    if (in == null || fencedAt != 0) {
      return "";
    }
    Member member = in.seat().member();
    if (member.equals(tokenFor) && now - tokenAt < ResumeDesk.RENEWAL.toNanos()) {
      return "";
    }
    tokenFor = member;
    tokenAt = now;
    return rooms.resumes().issue(in.room().id(), member);
  }

  /// Tells the participant what became of its frames, every two seconds while it publishes. Called
  /// by one thread.
  void reportPublished(long now) {
    Place in = place;
    if (in == null || now - publishedTold < PUBLISHER_REPORT_NANOS) {
      return;
    }
    publishedTold = now;
    Arrivals.Count count = in.publisher().arrivals();
    if (count.received() > 0) {
      int loss = in.room().framePath().listenersLoss(in.subscriber().participant(), now);
      send(new Event.PublisherReport(count.received(), count.lost(), loss));
    }
  }

  /// Asks the participant to go on with another edge.
  void move() {
    moving = true;
    send(new Event.Move());
  }

  /// A later connection of the session stands, or its number is another's. One that was asked to
  /// move goes on carrying media for a moment, so that nothing is lost on the way.
  void fence(CloseReason reason) {
    fencedAt = rooms.nanoTime() | 1;
    if (!moving || reason != CloseReason.SUPERSEDED) {
      close(reason);
    }
  }

  // --- the end ---

  /// Ends the session's connection; the only way it ends. The first caller's reason counts, later
  /// calls do nothing.
  public void close(CloseReason reason) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    Place in = place;
    if (in != null) {
      in.room().exit(this, reason);
    }
    rooms.forget(this);
    connection.close(reason);
    if (in != null) {
      LOG.atInfo()
          .addKeyValue("session", Rooms.hex(in.seat().member().session()))
          .addKeyValue("room", admitted.room())
          .addKeyValue("user", admitted.user())
          .addKeyValue("reason", reason.wireName())
          .log("session closed");
    }
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

  Admitted admitted() {
    return admitted;
  }

  Transport transport() {
    return connection.transport();
  }

  boolean hasEntered() {
    return place != null;
  }

  boolean isClosed() {
    return closed.get();
  }

  Participant participant() {
    return in().seat().member().participant();
  }

  Seat seat() {
    return in().seat();
  }

  Subscriber subscriber() {
    return in().subscriber();
  }

  private Place in() {
    Place in = place;
    if (in == null) {
      throw new IllegalStateException("not entered");
    }
    return in;
  }

  // Times are those of Rooms#nanoTime.

  long openedAt() {
    return openedAt;
  }

  long heardAt() {
    return heardAt;
  }

  /// Whether it was fenced by `time`.
  boolean fencedBefore(long time) {
    long at = fencedAt;
    return at != 0 && at - time < 0;
  }
}
