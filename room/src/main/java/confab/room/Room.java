package confab.room;

import confab.bus.Bus;
import confab.bus.Subject;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Member;
import confab.protocol.Participant;
import confab.protocol.RoomId;
import confab.protocol.RoomState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One room on this edge. Membership changes under `this`, which also orders the events that
/// everybody gets; frames go by [FramePath] and take no lock of the room. Nothing is published
/// under the lock: in one process the bus delivers on the publisher's thread.
final class Room {
  /// Presence is told at most this often, ...
  private static final long TELL_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /// ... and repeats itself this often with others in the room, and without.
  private static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long REPEAT_ALONE_NANOS = TimeUnit.SECONDS.toNanos(4);

  /// An edge that missed three repetitions is gone.
  private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(3_500);

  /// How long it takes at most to learn who else has the room.
  private static final long DISCOVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// Departures are remembered for longer than any resume window that makes sense.
  private static final long DEPARTURES_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final RoomId id;
  private final EdgeContext context;
  private final FramePath framePath;

  // Who is here; guarded by this.
  private final Map<Long, Seat> seats = new LinkedHashMap<>();
  private final Announcer announcer = new Announcer();
  private final Roster roster;
  private long emptySince;

  // What the other edges are told; guarded by this. Attached while somebody is here.
  private Bus.@Nullable Attachment attachment;
  private long attachedAt;
  private boolean whole;
  private boolean listingDue;
  private boolean asking;
  private long version;
  private long toldAt;

  /// @param whole whether the other edges can be reached
  Room(RoomId id, EdgeContext context, boolean whole) {
    this.id = id;
    this.context = context;
    this.whole = whole;
    framePath = new FramePath(context.limits().forwarding(), context.busMedia(), context.flusher());
    roster = new Roster(context.edge().run());
    roster.setWhole(whole);
    emptySince = context.now();
  }

  RoomId id() {
    return id;
  }

  FramePath framePath() {
    return framePath;
  }

  // --- coming and going ---

  /// What came of entering.
  ///
  /// @param former the session's connection on this edge so far; it is to be closed
  record Entry(Member member, boolean resumed, @Nullable Session former) {}

  /// Brings a session in: it gets the whole state, the others on all edges learn of it.
  ///
  /// @param vouched what a good resume token says; empty for a new session
  /// @param fresh who a new session is; the number is chosen here
  synchronized Entry enter(
      Session session, int attempt, Optional<Member> vouched, Participant fresh) {
    attach();
    Optional<Member> former = vouched.filter(member -> isNewer(member, attempt));
    Member member =
        former.map(known -> comeBack(known, attempt)).orElseGet(() -> begin(attempt, fresh));
    Seat seat = new Seat(member, session);
    Seat before = seats.put(member.session(), seat);
    Session fenced = before == null ? null : before.session();
    if (fenced != null) {
      announcer.remove(fenced);
    }
    roster.put(member);
    noteChange();
    settle();
    session.sitDown(this, seat);
    announcer.add(session);
    replaceSubscribers();
    session.welcome(this, member, roster.everybody(), former.isPresent(), whole);
    announcer.greet(session);
    return new Entry(member, former.isPresent(), fenced);
  }

  private boolean isNewer(Member vouched, int attempt) {
    return attempt > vouched.attempt() && attempt > roster.lastAttempt(vouched.session());
  }

  private Member comeBack(Member vouched, int attempt) {
    long session = vouched.session();
    Participant known = roster.find(session).map(Member::participant).orElse(vouched.participant());
    int number = roster.isTaken(known.number(), session) ? freeNumber() : known.number();
    return new Member(session, attempt, known.withNumber(number).withAway(false));
  }

  private Member begin(int attempt, Participant fresh) {
    long session = ThreadLocalRandom.current().nextLong();
    return new Member(session, attempt, fresh.withNumber(freeNumber()));
  }

  /// A number that nobody in the room has. Random, so that edges seldom meet.
  private int freeNumber() {
    int number;
    do {
      number = ThreadLocalRandom.current().nextInt();
    } while (number == 0 || roster.isTaken(number, 0));
    return number;
  }

  /// Takes a connection out. Its seat is kept when the participant may return.
  synchronized void exit(Session session, CloseReason reason) {
    Seat seat = session.seat();
    announcer.remove(session);
    replaceSubscribers();
    if (seat.session() != session || !isCurrent(seat)) {
      return;
    }
    if (reason.mayReturn() && context.limits().resumeWindow().isPositive()) {
      seat.vacate(reason, session.heardAt());
      put(seat, seat.member().participant().withAway(true));
    } else {
      leave(seat, reason);
    }
    settle();
  }

  private void leave(Seat seat, CloseReason reason) {
    long session = seat.member().session();
    take(session);
    roster.remove(session, reason, context.now());
  }

  private @Nullable Seat take(long session) {
    Seat seat = seats.remove(session);
    if (seats.isEmpty()) {
      emptySince = context.now();
    }
    noteChange();
    return seat;
  }

  /// Changes what everybody knows of a participant, if it is still here.
  synchronized void update(Seat seat, UnaryOperator<Participant> change) {
    Participant before = seat.member().participant();
    Participant after = change.apply(before);
    if (isCurrent(seat) && !after.equals(before)) {
      put(seat, after);
      settle();
    }
  }

  /// Tells everybody on all edges what a participant says besides its voice.
  void say(Seat seat, Event.Word word) {
    Bus.Attachment others;
    synchronized (this) {
      if (!isCurrent(seat)) {
        return;
      }
      announcer.tell(word);
      others = roster.isShared() ? attachment : null;
    }
    if (others != null) {
      Bus.Offer _ = others.publish(Bus.Channel.WORDS, word.toBytes());
    }
  }

  private void put(Seat seat, Participant participant) {
    seat.setMember(seat.member().with(participant));
    roster.put(seat.member());
    noteChange();
  }

  private boolean isCurrent(Seat seat) {
    return seats.get(seat.member().session()) == seat;
  }

  /// Brings everybody up to date, and closes the connections that lost their seat by it.
  private void settle() {
    Roster.Change change = roster.update();
    change.events().forEach(this::tell);
    change.overtaken().forEach(session -> unseat(session, CloseReason.SUPERSEDED));
    change.displaced().forEach(session -> unseat(session, CloseReason.INTERNAL_ERROR));
    framePath.setParticipants(roster.size());
    chooseUplink();
  }

  private void tell(Event event) {
    if (event instanceof Event.Left(int number, CloseReason _)) {
      framePath.forget(number);
    }
    announcer.tell(event);
  }

  private void unseat(long session, CloseReason reason) {
    Seat seat = take(session);
    Session holder = seat == null ? null : seat.session();
    if (holder != null) {
      context.presence().unseated(reason);
      holder.fence(reason);
    }
  }

  private void replaceSubscribers() {
    framePath.setSubscribers(announcer.connected().map(Session::subscriber));
  }

  // --- the other edges ---

  private void attach() {
    if (attachment == null) {
      attachment = context.bus().attach(Subject.room(id), this::receive);
      attachedAt = context.now();
      toldAt = attachedAt - REPEAT_ALONE_NANOS;
      asking = true;
    }
  }

  private void receive(Bus.Channel channel, byte[] message) {
    switch (channel) {
      case MEDIA -> framePath.forwardFromBus(message, context.now());
      case PRESENCE -> {
        Optional<RoomState> state = RoomState.parse(message);
        context.presence().received(state.isPresent() && hear(state.get()), id);
      }
      case WORDS -> Event.parse(message).forEach(this::hearWord);
    }
  }

  /// Whether the state can be true.
  private synchronized boolean hear(RoomState state) {
    if (attachment == null) {
      return true;
    }
    Roster.Fit fit = roster.hear(state, context.now());
    if (fit == Roster.Fit.MISSING) {
      asking = true;
    }
    if (asking || state.ask()) {
      tellSoon();
    }
    // A version alone changes nobody's place.
    if (state.listing().isPresent()) {
      settle();
    }
    return fit != Roster.Fit.IMPOSSIBLE;
  }

  /// Somebody on another edge says something; whoever is not there says nothing.
  private synchronized void hearWord(Event event) {
    if (event instanceof Event.Word word && roster.isElsewhere(word.number())) {
      announcer.tell(word);
    }
  }

  private void noteChange() {
    version++;
    tellSoon();
  }

  private void tellSoon() {
    listingDue = true;
    context.changed().run();
  }

  /// Until it is known who else has the room, others may.
  private void chooseUplink() {
    Bus.Attachment attached = attachment;
    long now = context.now();
    if (attached == null || !(roster.isShared() || now - attachedAt < DISCOVERY_NANOS)) {
      framePath.setUplink(null);
    } else if (framePath.uplink() == null) {
      framePath.setUplink(new Uplink(attached, context.busMedia()));
    }
  }

  /// Tells the other edges what is due. Called by one thread at a time, without the lock.
  ///
  /// @param last whether this edge ends, so that nothing can wait
  void tell(boolean last) {
    Bus.Attachment to;
    byte[] message;
    synchronized (this) {
      to = attachment;
      long quiet = context.now() - toldAt;
      if (to == null || !(last || quiet >= (listingDue ? TELL_GAP_NANOS : repeatNanos()))) {
        return;
      }
      message = state().toBytes();
      toldAt = context.now();
      listingDue = false;
      asking = false;
    }
    context.presence().told(to.publish(Bus.Channel.PRESENCE, message));
    detachIfEmpty();
  }

  private long repeatNanos() {
    return roster.isShared() ? REPEAT_NANOS : REPEAT_ALONE_NANOS;
  }

  private RoomState state() {
    Optional<RoomState.Listing> listing =
        listingDue ? Optional.of(roster.listing(context.now())) : Optional.empty();
    return new RoomState(context.edge().run(), version, asking, listing);
  }

  private synchronized void detachIfEmpty() {
    Bus.Attachment attached = attachment;
    if (attached != null && seats.isEmpty() && announcer.size() == 0 && !listingDue) {
      attachment = null;
      attached.close();
      roster.forgetElsewhere();
      settle();
    }
  }

  /// Whether the other edges can be reached; while they cannot, whoever sits there is away.
  synchronized void setWhole(boolean nowWhole) {
    if (whole != nowWhole) {
      whole = nowWhole;
      roster.setWhole(nowWhole);
      if (nowWhole) {
        listenAnew();
      }
      announcer.tell(new Event.Reach(nowWhole));
      settle();
    }
  }

  /// This edge was deaf for a while: nobody else is to blame for silence.
  synchronized void listenAnew() {
    roster.excuseSilence(context.now());
    asking = true;
    tellSoon();
  }

  // --- upkeep ---

  /// Ends the absence of those who were away for too long, and forgets silent edges.
  synchronized void sweep() {
    long now = context.now();
    announcer.tellSpeakers(framePath.speaking(now));
    long awayBefore = now - context.limits().resumeWindow().toNanos();
    List<Seat> over = seats.values().stream().filter(seat -> seat.awaySince(awayBefore)).toList();
    over.forEach(seat -> leave(seat, seat.lastReason()));
    roster.forgetDepartures(now - DEPARTURES_NANOS);
    if (roster.forgetSilent(now - SILENCE_NANOS) || !over.isEmpty()) {
      settle();
    } else {
      chooseUplink();
    }
    announcer.tellWaiting();
  }

  /// Everybody in the room, on whatever edge.
  synchronized int size() {
    return roster.size();
  }

  /// Connections of this edge.
  synchronized int connections() {
    return announcer.size();
  }

  /// Whether nobody has been here since `time` or before.
  synchronized boolean emptySince(long time) {
    return seats.isEmpty() && attachment == null && emptySince - time <= 0;
  }
}
