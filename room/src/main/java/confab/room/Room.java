package confab.room;

import confab.bus.Bus;
import confab.bus.Subject;
import confab.frames.BusFeed;
import confab.frames.FramePath;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Member;
import confab.protocol.Participant;
import confab.protocol.RoomId;
import confab.protocol.RoomState;
import confab.protocol.SessionId;
import confab.room.presence.PresenceSchedule;
import confab.room.presence.Roster;
import confab.room.presence.WordFeed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One room on this edge. Membership changes under `this`, which also orders the events that
/// everybody gets; frames go by [FramePath] and take no lock of the room. Nothing is published
/// under the lock: in one process the bus delivers on the publisher's thread.
final class Room {
  /// An edge that missed three repetitions is gone.
  private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(3_500);

  /// How long it takes at most to learn who else has the room.
  private static final long DISCOVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// Departures are remembered for longer than a token is good anywhere ([ResumeDesk#CLOCK_SKEW]).
  private static final long DEPARTURES_NANOS = TimeUnit.SECONDS.toNanos(180);

  private final RoomId id;
  private final EdgeContext context;
  private final Consumer<Room> changed;
  private final FramePath framePath;

  // Who is here; guarded by this.
  private final Map<SessionId, Session> sessions = new LinkedHashMap<>();
  private final Announcer announcer;
  private final Roster roster;
  private long emptySince;
  private boolean shut;

  // What the other edges are told; guarded by this. Attached while somebody is here.
  private final WordFeed words;
  private final PresenceSchedule schedule;
  private Bus.@Nullable Attachment attachment;
  private long attachedAt;
  private boolean whole;

  /// @param whole whether the other edges can be reached
  /// @param changed is given this room, under its lock, when there is something to tell them
  Room(RoomId id, EdgeContext context, boolean whole, Consumer<Room> changed) {
    this.id = id;
    this.context = context;
    this.changed = changed;
    this.whole = whole;
    framePath = new FramePath(context.limits().forwarding(), context.busMedia(), context.flusher());
    announcer = new Announcer(context);
    words = new WordFeed(context.presence());
    roster = new Roster(context.edge().run());
    roster.setWhole(whole);
    schedule = new PresenceSchedule(context.edge().run());
    emptySince = context.now();
  }

  RoomId id() {
    return id;
  }

  FramePath framePath() {
    return framePath;
  }

  // --- coming and going ---

  /// Brings a session in: it gets the whole state, the others on all edges learn of it.
  ///
  /// @param attend makes the connection the one that carries the session
  /// @return null when the room's time is over: there is, or will be, another of its name
  synchronized @Nullable Entry enter(
      BiFunction<Room, Session, Attendee> attend, Entry.Request request) {
    if (shut) {
      return null;
    }
    attach();
    Optional<Member> former = request.vouched().filter(each -> isNewer(each, request.attempt()));
    Member member =
        former
            .map(known -> comeBack(known, request.attempt()))
            .orElseGet(() -> begin(request.attempt(), request.fresh()));
    Session session = new Session(member);
    Session before = sessions.put(member.session(), session);
    Attendee fenced = before == null ? null : before.attendee();
    if (fenced != null) {
      announcer.remove(fenced);
    }
    roster.put(member);
    noteChange();
    settle();
    Attendee attendee = attend.apply(this, session);
    session.carriedBy(attendee);
    announcer.add(attendee);
    // First the new one, then not the former: twice is heard once, and a gap would be heard.
    framePath.subscribe(attendee.subscriber());
    if (fenced != null) {
      framePath.unsubscribe(fenced.subscriber());
    }
    attendee.welcome(roster.everybody(), former.isPresent(), whole);
    announcer.greet(attendee, member.participant().number(), former.isPresent());
    return new Entry(member, former.isPresent(), fenced);
  }

  private boolean isNewer(Member vouched, int attempt) {
    return ResumeDesk.mayFollow(vouched, roster.lastAttempt(vouched.session()), attempt);
  }

  private Member comeBack(Member vouched, int attempt) {
    SessionId session = vouched.session();
    Participant known = roster.find(session).map(Member::participant).orElse(vouched.participant());
    int number = roster.isTakenFrom(session, known.number()) ? freeNumber() : known.number();
    return new Member(session, attempt, known.withNumber(number).withAway(false));
  }

  private Member begin(int attempt, Participant fresh) {
    return new Member(SessionId.random(), attempt, fresh.withNumber(freeNumber()));
  }

  /// A number that nobody in the room has. Random, so that edges seldom meet.
  private int freeNumber() {
    int number;
    do {
      number = ThreadLocalRandom.current().nextInt();
    } while (number == 0 || roster.isTaken(number));
    return number;
  }

  /// Takes a connection out. Its session is kept when the participant may return.
  synchronized void exit(Attendee attendee, Session session, CloseReason reason) {
    announcer.remove(attendee);
    framePath.unsubscribe(attendee.subscriber());
    if (session.attendee() != attendee || !isCurrent(session)) {
      return;
    }
    long window = context.limits().resumeWindow().toNanos();
    if (reason.mayReturn() && window > 0) {
      session.vacate(reason, attendee.heardAt(), context.now(), window);
      put(session, session.member().participant().withAway(true));
    } else {
      leave(session, reason);
    }
    settle();
  }

  private void leave(Session session, CloseReason reason) {
    take(session.id());
    roster.remove(session.id(), reason, context.now());
  }

  private @Nullable Session take(SessionId id) {
    Session session = sessions.remove(id);
    if (sessions.isEmpty()) {
      emptySince = context.now();
    }
    noteChange();
    return session;
  }

  /// Changes what everybody knows of a participant, if it is still here.
  synchronized void update(Session session, UnaryOperator<Participant> change) {
    Participant before = session.member().participant();
    Participant after = change.apply(before);
    if (isCurrent(session) && !after.equals(before)) {
      put(session, after);
      settle();
    }
  }

  /// Tells everybody on all edges what a participant says besides its voice.
  void say(Session session, Event.Word word) {
    synchronized (this) {
      if (isCurrent(session)) {
        announcer.tell(word);
        words.put(word);
      }
    }
    words.send(this::wayOfWords);
  }

  private synchronized Bus.@Nullable Attachment wayOfWords() {
    return schedule.isListingDue() ? null : attachment;
  }

  private void put(Session session, Participant participant) {
    session.setMember(session.member().with(participant));
    roster.put(session.member());
    noteChange();
  }

  private boolean isCurrent(Session session) {
    return sessions.get(session.id()) == session;
  }

  /// Brings everybody up to date, and fences the connections that lost their session by it.
  private void settle() {
    Roster.Change change = roster.update();
    change.events().forEach(this::announce);
    change.overtaken().forEach(session -> lose(session, CloseReason.SUPERSEDED));
    change.displaced().forEach(session -> lose(session, CloseReason.INTERNAL_ERROR));
    framePath.setParticipants(roster.size());
    chooseBusFeed();
  }

  private void announce(Event event) {
    if (event instanceof Event.Left(int number, CloseReason _)) {
      framePath.forget(number);
    }
    announcer.tell(event);
  }

  private void lose(SessionId id, CloseReason reason) {
    Session session = take(id);
    Attendee attendee = session == null ? null : session.attendee();
    if (attendee != null) {
      context.presence().fenced(reason);
      attendee.fence(reason);
    }
  }

  // --- the other edges ---

  private void attach() {
    if (attachment == null) {
      attachment = context.bus().attach(Subject.room(id), this::receive);
      attachedAt = context.now();
      schedule.begin(attachedAt);
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
      schedule.ask();
    }
    boolean asked = state.ask() || schedule.isAsking();
    if (asked) {
      schedule.answer();
    }
    // A version without a listing changes no roster, nor when this edge tells.
    boolean listed = state.listing().isPresent();
    if (listed) {
      settle();
    }
    if (asked || listed) {
      changed.accept(this);
    }
    return fit != Roster.Fit.IMPOSSIBLE;
  }

  /// Tells a word from another edge, if that edge is known to have the participant who says it.
  private synchronized void hearWord(Event event) {
    if (event instanceof Event.Word word && roster.isElsewhere(word.number())) {
      announcer.tell(word);
    }
  }

  private void noteChange() {
    schedule.change();
    changed.accept(this);
  }

  /// Feeds the bus while other edges have the room, and at first, while it is not known whether
  /// they do.
  private void chooseBusFeed() {
    Bus.Attachment attached = attachment;
    boolean early = context.now() - attachedAt < DISCOVERY_NANOS;
    if (attached == null || !(roster.isShared() || early)) {
      framePath.setBusFeed(null);
    } else if (framePath.busFeed() == null) {
      framePath.setBusFeed(new BusFeed(attached, context.busMedia()));
    }
  }

  /// When the other edges are to be told something; null while nobody is here.
  synchronized @Nullable Long tellsAt() {
    return attachment == null ? null : schedule.dueAt(roster.isShared());
  }

  /// Tells the other edges what is due. Called by one thread at a time, without the lock.
  /// @param last whether this edge ends, so that nothing can wait
  void tell(boolean last) {
    words.send(() -> tellPresence(last));
    detachIfEmpty();
  }

  private Bus.@Nullable Attachment tellPresence(boolean last) {
    Bus.Attachment to;
    byte[] message;
    synchronized (this) {
      to = attachment;
      long now = context.now();
      if (to == null || !(last || now - schedule.dueAt(roster.isShared()) >= 0)) {
        return null;
      }
      message = schedule.take(roster, now).toBytes();
    }
    context.presence().told(to.publish(Bus.Channel.PRESENCE, message));
    return wayOfWords();
  }

  private synchronized void detachIfEmpty() {
    Bus.Attachment attached = attachment;
    if (attached != null
        && sessions.isEmpty()
        && announcer.size() == 0
        && !schedule.isListingDue()) {
      attachment = null;
      attached.close();
      roster.forgetElsewhere();
      settle();
    }
  }

  /// Whether the other edges can be reached; while they cannot, whoever is there counts as away.
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

  /// Forgives the silence of the other edges after a time in which this edge could not hear them.
  synchronized void listenAnew() {
    roster.excuseSilence(context.now());
    schedule.ask();
    changed.accept(this);
  }

  // --- upkeep ---

  /// Ends the absence of those who were away for too long, and forgets silent edges.
  synchronized void sweep() {
    long now = context.now();
    announcer.tellSpeakers(framePath.speaking(now));
    List<Session> over = sessions.values().stream().filter(each -> each.isOver(now)).toList();
    over.forEach(session -> leave(session, session.lastReason()));
    roster.forgetDepartures(now - DEPARTURES_NANOS);
    if (roster.forgetSilent(now - SILENCE_NANOS) || !over.isEmpty()) {
      settle();
    } else {
      chooseBusFeed();
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

  /// Shuts the room if nobody has been here since `time` or before: nobody enters any more.
  synchronized boolean shutIfEmptySince(long time) {
    shut = sessions.isEmpty() && attachment == null && emptySince - time <= 0;
    return shut;
  }
}
