package confab.room;

import confab.frames.DropReason;
import confab.frames.MediaCounters;
import confab.frames.Rate;
import confab.frames.TokenBucket;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Participant;
import confab.protocol.Request;
import confab.protocol.ResumeToken;
import confab.protocol.UserId;
import confab.protocol.grants.Grant;
import confab.protocol.tickets.Ticket;
import confab.room.Admission.Admitted;
import confab.room.grants.HeldGrant;
import confab.room.limits.Limit;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt of a participant on one [Link]: admitted, then in the room from `Enter` on, then
/// closed. A session that comes back has another connection, and the former one is fenced.
///
/// A transport feeds it: [#onBundle] from its receive thread, [#onControl] from one thread at a
/// time, and [#close] from anywhere. None of them blocks or throws, whatever the bytes.
public final class Connection {
  /// A connection with so many refused requests in a row ends.
  static final int MAX_REFUSED_REQUESTS = 200;

  /// A connection that brings so many times the bundles that a publisher may send frames ends:
  /// even to drop them costs the others.
  static final int FLOOD = 10;

  /// When it makes sense to show another token, while one is being read.
  private static final long RENEWAL_NANOS = 1_000_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final EdgeContext context;
  private final OpenRooms rooms;
  private final Observer observer;
  private final Admitted admitted;
  private final Link link;
  private final MediaCounters media;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final long openedAt;
  private volatile long heardAt;

  /// Null before it has entered.
  private volatile @Nullable Place place;

  /// What its participant may do.
  private final HeldGrant grant;

  private volatile boolean moving;

  /// When a later connection took over; 0 while none has.
  private volatile long fencedAt;

  // Owned by the receive thread.
  private final TokenBucket bundles;

  // Owned by the thread that calls onControl.
  private final TokenBucket requests;
  private final ResumeRenewal renewal;
  private int refusedInARow;

  /// Learns what becomes of a connection, on the thread on which it happens.
  interface Observer {
    /// It is in its room.
    void entered(Connection connection);

    /// A token names its user.
    void verified(Connection connection, UserId user);

    /// It has ended; called once.
    void closed(Connection connection);
  }

  Connection(
      EdgeContext context, OpenRooms rooms, Observer observer, Admitted admitted, Link link) {
    this.context = context;
    this.rooms = rooms;
    this.observer = observer;
    this.admitted = admitted;
    this.link = link;
    media = context.media(link.transport());
    openedAt = context.now();
    heardAt = openedAt;
    Rate frames = context.limits().media().frames();
    bundles = new TokenBucket(frames.scaledTo(FLOOD * frames.perSecond()), openedAt);
    requests = new TokenBucket(context.limits().requests(), openedAt);
    grant =
        new HeldGrant(
            context.access(),
            admitted.room(),
            admitted.user(),
            user -> observer.verified(this, user),
            context.wallClock());
    renewal = new ResumeRenewal(context.resumes(), admitted.room());
  }

  /// Takes the bundle of one datagram or media message; the buffer may be reused afterwards.
  public void onBundle(ByteBuffer bundle) {
    if (closed.get()) {
      return;
    }
    long now = context.now();
    heardAt = now;
    if (!bundles.tryTake(1, now)) {
      close(CloseReason.RATE_LIMITED);
      return;
    }
    Place in = place;
    if (in == null) {
      media.dropped(DropReason.NOT_ENTERED, 1);
    } else {
      in.publish(bundle, now);
    }
  }

  /// Takes one control message.
  public void onControl(byte[] message) {
    if (closed.get()) {
      return;
    }
    long now = context.now();
    heardAt = now;
    if (requests.tryTake(1, now)) {
      refusedInARow = 0;
      handle(Request.parse(message), now);
      return;
    }
    context.limited().count(Limit.REQUESTS);
    if (++refusedInARow > MAX_REFUSED_REQUESTS) {
      close(CloseReason.RATE_LIMITED);
    } else {
      send(Event.Refused.tooMuch("Too many requests.", requests.nanosUntil(1, now)));
    }
  }

  private void handle(Request request, long now) {
    Place in = place;
    switch (request) {
      case Request.Ping(long time) -> send(new Event.Pong(time, freshToken(now)));
      case Request.Leave() -> close(CloseReason.LEFT);
      case Request.Unknown() -> {}
      case Request.Enter enter when in == null -> enter(enter);
      case Request.Renew(String token) when in != null -> {
        if (fencedAt == 0) {
          renew(in, token);
        }
      }
      case Request.Enter _, Request.Renew _, Request.Malformed() ->
          close(CloseReason.PROTOCOL_VIOLATION);
      case Request.InRoom inRoom -> {
        if (in == null) {
          close(CloseReason.PROTOCOL_VIOLATION);
        } else if (fencedAt == 0) {
          in.handle(inRoom, now);
        }
      }
    }
  }

  // --- entering ---

  private void enter(Request.Enter request) {
    Optional<ResumeToken> vouched = context.resumes().check(request.resume(), admitted);
    Optional<Ticket> ticket = vouched.isEmpty() ? admitted.pass().fresh() : Optional.empty();
    Optional<Grant> granted = granted(vouched);
    if (granted.isEmpty() || !ticket.map(context.tickets()::use).orElse(true)) {
      close(CloseReason.UNAUTHORIZED);
      return;
    }
    grant.settle(granted.get());
    var fresh =
        new Participant(1, admitted.user(), admitted.name(), context.wallClock().millis())
            .withGrant(grant.now());
    var asked =
        new Entry.Request(
            request.attempt(),
            vouched.map(ResumeToken::member),
            fresh,
            ticket.map(Ticket::session),
            grant.now(),
            admitted.pass().shown().flatMap(Ticket::namedRoom));
    switch (rooms.enter(admitted, this::take, asked)) {
      case Entry.Refused(CloseReason why) -> {
        context.tickets().noteRefusal(why);
        close(why);
      }
      case Entry.Entered entry -> {
        noteEntry(vouched.isPresent(), entry);
        if (closed.get()) {
          in().exit(CloseReason.CONNECTION_LOST);
        } else {
          observer.entered(this);
        }
      }
    }
  }

  /// A session that comes back has the rights that it had. What an edge grants that asks nobody
  /// for a token is worth nothing where one is asked for.
  private Optional<Grant> granted(Optional<ResumeToken> vouched) {
    return vouched
        .map(ResumeToken::grant)
        .filter(it -> !context.limits().ticketsOnly() || it.expires().isBefore(Grant.NEVER))
        .or(admitted.pass()::grant);
  }

  private Place take(Room room, Session session) {
    return new Place(context, room, session, link, new Owner(), grant.now());
  }

  private void noteEntry(boolean vouched, Entry.Entered entry) {
    if (entry.resumed()) {
      context.resumes().count(Resumption.RESUMED);
    } else if (vouched) {
      context.resumes().refuse(Resumption.STALE, admitted);
    }
    if (entry.former() != null) {
      context.presence().fenced(CloseReason.SUPERSEDED);
      entry.former().letGo();
    }
    LOG.atInfo()
        .addKeyValue("session", entry.member().session())
        .addKeyValue("room", admitted.room())
        .addKeyValue("user", admitted.user())
        .addKeyValue("transport", link.transport().label())
        .log(entry.resumed() ? "session resumed" : "session opened");
  }

  private void renew(Place in, String token) {
    boolean read =
        grant.renew(token, in::setGrant, why -> send(new Event.Refused("unauthorized", why, 0)));
    if (!read) {
      send(Event.Refused.tooMuch("Another token is being read.", RENEWAL_NANOS));
    }
  }

  /// Empty when the participant has a good one, and for a fenced connection.
  private String freshToken(long now) {
    Place in = place;
    return in == null || fencedAt != 0 ? "" : renewal.next(in.member(), grant.now(), now);
  }

  // --- what the edge does to it ---

  /// Tells the participant what became of its frames, every two seconds while it publishes, and
  /// once that what it may do is about to end. Called by one thread.
  void report(long now) {
    Place in = place;
    if (in != null) {
      in.reportPublished(now);
      grant.warning(now).ifPresent(left -> send(new Event.GrantEnds(left)));
    }
  }

  /// Asks the participant to go on with another edge.
  void move() {
    moving = true;
    send(new Event.Move());
  }

  private void fence(CloseReason reason) {
    context.tickets().noteRefusal(reason);
    outlive();
    if (!moving || reason != CloseReason.SUPERSEDED) {
      close(reason);
    }
  }

  /// Another connection has the session. This one goes on carrying media for a moment, so that
  /// nothing is lost on the way; its participant, or [Connections], closes it.
  private void outlive() {
    fencedAt = context.now() | 1;
  }

  // --- the end ---

  /// Ends the connection; the only way it ends. The first caller's reason counts, later calls do
  /// nothing.
  public void close(CloseReason reason) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    Place in = place;
    if (in != null) {
      in.exit(reason);
    }
    observer.closed(this);
    link.close(reason);
    if (in != null) {
      LOG.atInfo()
          .addKeyValue("session", in.member().session())
          .addKeyValue("room", admitted.room())
          .addKeyValue("user", admitted.user())
          .addKeyValue("reason", reason.wireName())
          .log("session closed");
    }
  }

  private void send(Event event) {
    send(event.toBytes(), false);
  }

  private void send(byte[] message, boolean words) {
    if (!link.sendControl(message, words)) {
      // Rooms send while they are locked; leaving would change what they iterate over.
      Thread.startVirtualThread(() -> close(CloseReason.SLOW_CONSUMER));
    }
  }

  InetAddress address() {
    return admitted.address();
  }

  Transport transport() {
    return link.transport();
  }

  boolean hasEntered() {
    return place != null;
  }

  /// Whether what its participant may do has ended or was taken back.
  boolean isGrantOver() {
    return grant.isOver();
  }

  Place in() {
    Place in = place;
    if (in == null) {
      throw new IllegalStateException("not entered");
    }
    return in;
  }

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

  /// What its place in the room may do with it.
  private final class Owner implements Place.Owner {
    @Override
    public void placed(Place here) {
      place = here;
    }

    @Override
    public void send(byte[] message, boolean words) {
      Connection.this.send(message, words);
    }

    @Override
    public String freshToken(long now) {
      return Connection.this.freshToken(now);
    }

    @Override
    public InetAddress address() {
      return admitted.address();
    }

    @Override
    public long heardAt() {
      return heardAt;
    }

    @Override
    public void fence(CloseReason reason) {
      Connection.this.fence(reason);
    }

    @Override
    public void letGo() {
      outlive();
    }
  }
}
