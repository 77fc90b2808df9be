package confab.room.presence;

import confab.protocol.CloseReason;
import confab.protocol.Departure;
import confab.protocol.EdgeRun;
import confab.protocol.Event;
import confab.protocol.Identity;
import confab.protocol.Member;
import confab.protocol.Participant;
import confab.protocol.RoomName;
import confab.protocol.RoomState;
import confab.protocol.SessionId;
import confab.room.presence.Claims.Claim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Who is in one room, on all edges, and what the room is called: what this edge knows at first
/// hand, and what each other edge last said. From the same claims every edge comes to the same
/// roster, in whatever order they arrive; see [Claims].
///
/// Guarded by its room; knows no connections, sends nothing.
public final class Roster {
  /// Departures are remembered for longer than a token is good anywhere.
  public static final long DEPARTURES_NANOS = TimeUnit.SECONDS.toNanos(180);

  /// Attempts that a participant makes at most before its token is no longer good.
  private static final int MAX_ATTEMPTS_AWAY = 1_000;

  private final EdgeRun edge;

  /// First hand, by session.
  private final Map<SessionId, Member> here = new LinkedHashMap<>();

  private final Claims claims = new Claims();

  private final SessionLimits limits;
  private final OtherEdges elsewhere = new OtherEdges(claims::doubt);

  /// Sessions that ended on any edge; kept for as long as an older claim to one may come.
  private final Departures departures = new Departures(claims::doubt);

  /// What participants of this edge have been told, by number, in the order of their coming.
  private final Map<Integer, Participant> shown = new LinkedHashMap<>();

  private final Lookalikes lookalikes = new Lookalikes();

  /// Why somebody goes, until that has been told.
  private final Map<Integer, CloseReason> parting = new HashMap<>();

  private boolean whole = true;
  private Optional<RoomName> name;

  /// Whether those here have not been told the name.
  private boolean renamed;

  /// What the room has to tell and to do after a change.
  ///
  /// @param events for everybody on this edge
  /// @param lost sessions of this edge that are here no longer: [CloseReason#SUPERSEDED] by a later
  ///     connection elsewhere, [CloseReason#UNAUTHORIZED] by who had used their ticket before,
  ///     [CloseReason#INTERNAL_ERROR] since their number is another's, and
  ///     [CloseReason#TOO_MANY_SESSIONS]
  public record Change(List<Event> events, Map<SessionId, CloseReason> lost) {}

  /// @param name of the room, where it is known
  public Roster(EdgeRun edge, Optional<RoomName> name) {
    this.edge = edge;
    limits = new SessionLimits(edge, claims);
    this.name = name;
  }

  // --- this edge ---

  public void put(Member member) {
    here.put(member.session(), member);
    claims.doubt(member.session());
  }

  /// How many sessions the user of this one may have at once; empty for any number.
  public void limit(SessionId session, OptionalInt most) {
    limits.put(session, most);
    claims.doubt(session);
  }

  /// What a token calls the room. Of a later one it may be known better.
  public void call(RoomName next) {
    if (name.map(next::isLaterThan).orElse(true)) {
      renamed |= !name.map(RoomName::text).equals(Optional.of(next.text()));
      name = Optional.of(next);
    }
  }

  public Optional<RoomName> name() {
    return name;
  }

  /// Ends a session.
  public void remove(SessionId session, CloseReason reason, long now) {
    Member gone = forget(session);
    if (gone != null) {
      int number = gone.participant().number();
      parting.put(number, reason);
      var departure = new Departure(session, gone.attempt(), number, reason, 0, gone.began());
      departures.add(departure, now);
      claims.doubt(session);
    }
  }

  private @Nullable Member forget(SessionId session) {
    limits.remove(session);
    return here.remove(session);
  }

  /// What to tell the other edges.
  public RoomState.Listing listing(long now) {
    return new RoomState.Listing(List.copyOf(here.values()), departures.all(now), name);
  }

  // --- other edges ---

  /// How a state that came fits what is known.
  public enum Fit {
    GOOD,
    /// There is something that this edge does not have.
    MISSING,
    /// It is older than what is known, or claims to be this very edge.
    IMPOSSIBLE
  }

  public Fit hear(RoomState state, long now) {
    if (state.edge().equals(edge)) {
      return Fit.IMPOSSIBLE;
    }
    Fit fit = elsewhere.hear(state, now);
    if (fit == Fit.GOOD) {
      state.listing().ifPresent(listing -> take(state, listing, now));
    }
    return fit;
  }

  private void take(RoomState state, RoomState.Listing listing, long now) {
    for (Departure departure : listing.departures()) {
      departures.add(departure, now);
      parting.put(departure.number(), departure.reason());
    }
    listing.name().ifPresent(this::call);
    elsewhere.take(state, listing, now);
  }

  /// Forgets what is over: old departures, and the edges that have said nothing for too long. While
  /// nobody can be heard anyway no edge is forgotten.
  ///
  /// @return whether there were such edges
  public boolean sweep(long now) {
    departures.forget(now - DEPARTURES_NANOS);
    List<Member> gone = whole ? elsewhere.forgetSilent(now) : List.of();
    gone.forEach(each -> parting.put(each.participant().number(), CloseReason.CONNECTION_LOST));
    return !gone.isEmpty();
  }

  /// Everybody elsewhere counts as heard just now: it was this edge that was deaf.
  public void excuseSilence(long now) {
    elsewhere.excuseSilence(now);
  }

  /// Whether the others can be heard. While they cannot, whoever is there counts as away.
  public void setWhole(boolean nowWhole) {
    whole = nowWhole;
    elsewhere.doubt();
  }

  /// Nothing is known of elsewhere any more.
  public void forgetElsewhere() {
    elsewhere.clear();
  }

  /// Whether some other edge has participants in the room.
  public boolean isShared() {
    return !elsewhere.isEmpty();
  }

  /// Whether another edge says that somebody with this number is there, whom others may see.
  public boolean isElsewhere(int number) {
    return elsewhere
        .members()
        .map(Member::participant)
        .anyMatch(each -> each.number() == number && !each.hidden());
  }

  // --- all of them ---

  /// The claim to `session` that holds.
  public Optional<Member> find(SessionId session) {
    claims.judge(this::judge);
    return Optional.ofNullable(claims.of(session)).map(Claim::member);
  }

  /// Whether `session` is in the room, or was until lately: a ticket for it was used.
  public boolean knows(SessionId session) {
    return find(session).isPresent() || departures.contains(session);
  }

  /// The claim to the same session that holds; empty when it is that of who came by its ticket.
  private Optional<Member> findSame(Member vouched) {
    return find(vouched.session()).filter(member -> member.began() == vouched.began());
  }

  /// The latest connection of the session that is known, ended or not; 0 when there is none.
  private int lastAttempt(Member vouched) {
    int ended = departures.lastAttempt(vouched.session(), vouched.began());
    return findSame(vouched).map(member -> Math.max(member.attempt(), ended)).orElse(ended);
  }

  /// Whether `number` is that of a session.
  private boolean isTaken(int number) {
    claims.judge(this::judge);
    return !claims.sessionsOf(number).isEmpty();
  }

  /// Whether `number` is that of a session other than `session`.
  private boolean isTakenFrom(SessionId session, int number) {
    claims.judge(this::judge);
    return claims.sessionsOf(number).stream().anyMatch(each -> !each.equals(session));
  }

  /// Whether `attempt` is a later one than any that is known, and one that a participant may have
  /// come to since: whoever shows a stolen token with the last number that there is would lock its
  /// owner out for good.
  public boolean isNewer(Member vouched, int attempt) {
    long last = Math.max(vouched.attempt(), lastAttempt(vouched));
    return attempt > last && attempt - last <= MAX_ATTEMPTS_AWAY;
  }

  /// The session that `vouched` is of, with its next connection.
  public Member comeBack(Member vouched, int attempt) {
    SessionId session = vouched.session();
    Member last = findSame(vouched).orElse(vouched);
    Participant known = last.participant();
    int number = isTakenFrom(session, known.number()) ? freeNumber() : known.number();
    return new Member(session, attempt, known.withNumber(number).withAway(false), last.began());
  }

  /// A new session, which begins when its participant takes its first name.
  public Member begin(SessionId session, int attempt, Participant fresh) {
    return new Member(session, attempt, fresh.withNumber(freeNumber()), fresh.namedAt());
  }

  /// A number that nobody in the room has. Random, so that edges seldom meet.
  private int freeNumber() {
    int number;
    do {
      number = ThreadLocalRandom.current().nextInt();
    } while (number == 0 || isTaken(number));
    return number;
  }

  /// The sessions of this user in the room, hidden ones and those that are away included.
  public List<SessionId> sessionsOf(Identity user) {
    claims.judge(this::judge);
    return claims.claimsOf(user).stream().map(claim -> claim.member().session()).toList();
  }

  /// Whom `member` sees: everybody who is shown, and itself.
  public List<Participant> everybodyFor(Member member) {
    List<Participant> everybody = new ArrayList<>(shown.values());
    if (member.participant().hidden()) {
      everybody.add(shown(member));
    }
    return everybody;
  }

  /// A member as participants see it, were it within reach.
  public Participant shown(Member member) {
    Participant participant = member.participant();
    return participant.withLookalike(lookalikes.contains(participant.number()));
  }

  /// Of those who are shown.
  public int size() {
    return shown.size();
  }

  /// Brings what is shown up to date and says what that means.
  public Change update(long now) {
    claims.judge(this::judge);
    Map<SessionId, CloseReason> lost = new LinkedHashMap<>();
    for (SessionId session : limits.surplus()) {
      lost.put(session, CloseReason.TOO_MANY_SESSIONS);
      remove(session, CloseReason.TOO_MANY_SESSIONS, now);
    }
    claims.judge(this::judge);
    Claims.Changes changes = claims.takeChanges();
    changes.sessions().stream()
        .filter(here::containsKey)
        .filter(this::isNotMine)
        .forEach(session -> lost.put(session, whyLost(session)));
    changes.numbers().stream()
        .flatMap(number -> claims.sessionsOf(number).stream().skip(1))
        .filter(session -> !isNotMine(session))
        .sorted()
        .forEach(session -> lost.put(session, CloseReason.INTERNAL_ERROR));
    var change = new Change(show(changes.numbers()), lost);
    lost.keySet().forEach(this::giveUp);
    elsewhere.noteShown();
    parting.clear();
    return change;
  }

  private void giveUp(SessionId session) {
    if (forget(session) != null) {
      claims.doubt(session);
    }
  }

  /// Why a session is not this edge's: of one that began elsewhere and earlier the ticket was used.
  private CloseReason whyLost(SessionId session) {
    Claim holding = claims.of(session);
    Member mine = here.get(session);
    return holding != null && mine != null && holding.member().began() != mine.began()
        ? CloseReason.UNAUTHORIZED
        : CloseReason.SUPERSEDED;
  }

  private boolean isNotMine(SessionId session) {
    Claim claim = claims.of(session);
    return claim == null || !claim.edge().equals(edge);
  }

  private @Nullable Claim judge(SessionId session) {
    Member mine = here.get(session);
    Claim holding = elsewhere.holding(session, mine == null ? null : new Claim(mine, edge));
    return holding == null || departures.covers(holding.member()) ? null : holding;
  }

  /// Those who go come before those who come, who are told in the order of their sessions. Then
  /// follow those whose name is now, or no longer, like that of somebody else.
  private List<Event> show(Iterable<Integer> numbers) {
    List<Event> events = new ArrayList<>();
    if (renamed) {
      renamed = false;
      name.ifPresent(it -> events.add(new Event.RoomChanged(it.text())));
    }
    List<Claim> seen = new ArrayList<>();
    for (int number : numbers) {
      Claim claim = owner(number);
      if (claim != null && !claim.member().participant().hidden()) {
        seen.add(claim);
        lookalikes.put(claim.member().participant());
      } else {
        lookalikes.remove(number);
        if (shown.remove(number) != null) {
          events.add(new Event.Left(number, parting.getOrDefault(number, CloseReason.LEFT)));
        }
      }
    }
    seen.sort(Comparator.comparing(claim -> claim.member().session()));
    for (Claim claim : seen) {
      Participant after = seen(claim);
      Participant before = shown.put(claim.number(), after);
      if (before == null) {
        events.add(new Event.Joined(after, elsewhere.isNews(claim.edge())));
      } else if (!before.equals(after)) {
        events.add(new Event.Updated(after));
      }
    }
    for (int number : lookalikes.takeChanged()) {
      Participant before = shown.get(number);
      boolean lookalike = lookalikes.contains(number);
      if (before != null && before.lookalike() != lookalike) {
        Participant after = before.withLookalike(lookalike);
        shown.put(number, after);
        events.add(new Event.Updated(after));
      }
    }
    return events;
  }

  private @Nullable Claim owner(int number) {
    return claims.sessionsOf(number).stream().findFirst().map(claims::of).orElse(null);
  }

  private Participant seen(Claim claim) {
    Participant participant = shown(claim.member());
    return whole || claim.edge().equals(edge) ? participant : participant.withAway(true);
  }
}
