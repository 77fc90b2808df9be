package confab.room;

import confab.bus.Bus;
import confab.bus.Subject;
import confab.frames.FramePath;
import confab.protocol.CloseReason;
import confab.protocol.Event;
import confab.protocol.Identity;
import confab.protocol.Member;
import confab.protocol.Participant;
import confab.protocol.RoomId;
import confab.protocol.RoomName;
import confab.protocol.RoomState;
import confab.protocol.SessionId;
import confab.room.grants.TokenReader.Reading;
import confab.room.limits.RoomText;
import confab.room.presence.BusPlace;
import confab.room.presence.PresenceSchedule;
import confab.room.presence.Roster;
import confab.room.presence.WordFeed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One room on this edge. Membership changes under `this`, which also orders the events that
/// everybody gets; frames go by [FramePath] and take no lock of the room. Nothing is published
/// under the lock: in one process the bus delivers on the publisher's thread.
final class Room {
  private final RoomId id;
  private final EdgeContext context;
  private final Consumer<Room> changed;
  private final FramePath framePath;

  // Who is here; guarded by this.
  private final Map<SessionId, Session> sessions = new LinkedHashMap<>();
  private final Announcer announcer;
  private final RoomText text;
  private final Roster roster;
  private long emptySince;
  private boolean shut;

  // What the other edges are told; guarded by this. Attached while somebody is here.
  private final WordFeed words;
  private final PresenceSchedule schedule;
  private final BusPlace place;
  private boolean whole;

  /// @param name by which it is known already
  /// @param whole whether the other edges can be reached
  /// @param changed is given this room, under its lock, when there is something to tell them
  Room(
      RoomId id,
      Optional<RoomName> name,
      EdgeContext context,
      boolean whole,
      Consumer<Room> changed) {
    this.id = id;
    this.context = context;
    this.changed = changed;
    this.whole = whole;
    framePath = new FramePath(context.limits().forwarding(), context.busMedia(), context.flusher());
    place = new BusPlace(framePath, context.busMedia());
    announcer = new Announcer(context);
    text = new RoomText(context.limits().texts(), context.limited(), context.now());
    words = new WordFeed(context.presence());
    roster = new Roster(context.edge().run(), name);
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
  /// @return null when the room's time is over: there is, or will be, another of its id
  synchronized @Nullable Entry enter(
      BiFunction<Room, Session, Attendee> attend, Entry.Request request) {
    if (shut) {
      return null;
    }
    boolean resumed = request.isResumed(roster);
    Optional<CloseReason> refused = resumed ? Optional.empty() : request.obstacle(roster);
    if (refused.isPresent()) {
      return new Entry.Refused(refused.get());
    }
    if (place.attach(context.bus(), Subject.room(id), this::receive, context.now())) {
      schedule.begin(context.now());
    }
    Member member = request.member(roster, resumed);
    Session before = sessions.get(member.session());
    Session session =
        before == null
            ? new Session(context, id, member, text.person(context.now()), context.renames())
            : before.continuedBy(member);
    sessions.put(member.session(), session);
    Attendee fenced = before == null ? null : before.attendee();
    if (fenced != null) {
      announcer.remove(fenced);
    }
    roster.put(member);
    roster.limit(member.session(), request.grant().sessions());
    request.roomName().ifPresent(roster::call);
    noteChange();
    settle();
    if (!isCurrent(session)) {
      return new Entry.Refused(CloseReason.TOO_MANY_SESSIONS);
    }
    Attendee attendee = attend.apply(this, session);
    session.carriedBy(attendee);
    announcer.add(attendee);
    // First the new one, then not the former: twice is heard once, and a gap would be heard.
    framePath.subscribe(attendee.subscriber());
    if (fenced != null) {
      framePath.unsubscribe(fenced.subscriber());
    }
    attendee.welcome(roster.everybodyFor(member), resumed, whole);
    announcer.greet(attendee, member.participant().number(), resumed);
    return new Entry.Entered(member, resumed, fenced);
  }

  /// Takes a connection out. Its session is kept when the participant may return.
  synchronized void exit(Attendee attendee, Session session, CloseReason reason) {
    announcer.remove(attendee);
    framePath.unsubscribe(attendee.subscriber());
    if (session.attendee() != attendee || !isCurrent(session)) {
      return;
    }
    if (session.vacate(reason, attendee)) {
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
    if (session != null) {
      session.leave();
      announcer.forget(session.member().participant());
    }
    if (sessions.isEmpty()) {
      emptySince = context.now();
    }
    noteChange();
    return session;
  }

  /// Changes what everybody knows of a participant, if it is still here.
  synchronized void update(Session session, UnaryOperator<Participant> change) {
    Participant after = change.apply(session.member().participant());
    if (isCurrent(session) && !after.equals(session.member().participant())) {
      put(session, after);
      settle();
    }
  }

  /// A participant has shown another token.
  synchronized void setGrant(Session session, Reading.Good token, long time) {
    if (isCurrent(session)) {
      roster.limit(session.id(), token.grant().sessions());
      Participant before = session.member().participant();
      put(session, before.withToken(token.grant(), token.name(), time));
      settle();
    }
  }

  /// A participant as everybody here sees it.
  synchronized Participant shown(Session session) {
    return roster.shown(session.member());
  }

  /// Tells everybody on all edges what a participant says besides its voice.
  ///
  /// @return nanoseconds until it makes sense to say it again; 0 when nothing stands against it
  long say(Session session, Event.Word word, long now) {
    synchronized (this) {
      if (isCurrent(session)) {
        long wait = text.take(session.text(), word.bytes(), now);
        if (wait > 0) {
          return wait;
        }
        announcer.tell(word);
        words.put(word);
      }
    }
    words.send(this::wayOfWords);
    return 0;
  }

  private synchronized Bus.@Nullable Attachment wayOfWords() {
    return schedule.isListingDue() ? null : place.attachment();
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
    Roster.Change change = roster.update(context.now());
    change.events().forEach(this::announce);
    change.lost().forEach(this::lose);
    framePath.setParticipants(roster.size(), context.now());
    place.feed(roster.isShared(), context.now());
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

  private void receive(Bus.Channel channel, byte[] message) {
    switch (channel) {
      case MEDIA -> framePath.forwardFromBus(message, context.now());
      case PRESENCE -> {
        var state = RoomState.parse(message, context.edge().seal(), id);
        context.presence().received(state.filter(this::hear).isPresent(), id);
      }
      case WORDS -> Event.parse(message).forEach(this::hearWord);
    }
  }

  /// Whether the state can be true.
  private synchronized boolean hear(RoomState state) {
    if (!place.isAttached()) {
      return true;
    }
    Roster.Fit fit = roster.hear(state, context.now());
    boolean asked = schedule.hear(fit, state.ask());
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
    if (event instanceof Event.Word word
        && roster.isElsewhere(word.number())
        && text.takeFromElsewhere(word.bytes(), context.now())) {
      announcer.tell(word);
    }
  }

  private void noteChange() {
    schedule.change();
    changed.accept(this);
  }

  /// When the other edges are to be told something; null while nobody is here.
  synchronized @Nullable Long tellsAt() {
    return !place.isAttached() ? null : schedule.dueAt(roster.isShared());
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
      to = place.attachment();
      long now = context.now();
      if (to == null || !(last || now - schedule.dueAt(roster.isShared()) >= 0)) {
        return null;
      }
      message = schedule.take(roster, now).toBytes(context.edge().seal(), id);
    }
    context.presence().told(to.publish(Bus.Channel.PRESENCE, message));
    return wayOfWords();
  }

  private synchronized void detachIfEmpty() {
    if (place.isAttached()
        && sessions.isEmpty()
        && announcer.size() == 0
        && !schedule.isListingDue()) {
      place.detach();
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
    if (roster.sweep(now) || !over.isEmpty()) {
      settle();
    } else {
      place.feed(roster.isShared(), context.now());
    }
    announcer.tellWaiting();
  }

  /// Everybody in the room who is shown, on whatever edge.
  synchronized int size() {
    return roster.size();
  }

  synchronized Optional<RoomName> name() {
    return roster.name();
  }

  /// How many sessions the user has here, on whatever edge.
  ///
  /// @param besides names one that does not count
  synchronized int sessions(Identity user, String besides) {
    return (int)
        roster.sessionsOf(user).stream().filter(it -> !it.toString().equals(besides)).count();
  }

  /// Connections of this edge.
  synchronized int connections() {
    return announcer.size();
  }

  synchronized long emptySince() {
    return emptySince;
  }

  /// Shuts the room if nobody has been here since `time` or before: nobody enters any more.
  synchronized boolean shutIfEmptySince(long time) {
    shut = sessions.isEmpty() && !place.isAttached() && emptySince - time <= 0;
    return shut;
  }
}
