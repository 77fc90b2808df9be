package confab.room.presence;

import confab.protocol.CloseReason;
import confab.protocol.Departure;
import confab.protocol.EdgeRun;
import confab.protocol.Event;
import confab.protocol.Member;
import confab.protocol.Participant;
import confab.protocol.RoomState;
import confab.protocol.SessionId;
import confab.protocol.UserId;
import confab.room.presence.Claims.Claim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Who is in one room, on all edges: what this edge knows at first hand, and what each other edge
/// last said. From the same claims every edge comes to the same roster, in whatever order they
/// arrive; see [Claims].
///
/// Guarded by its room; knows no connections, sends nothing.
public final class Roster {
  /// An edge that missed three repetitions is gone.
  private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(3_500);

  /// Departures are remembered for longer than a token is good anywhere.
  public static final long DEPARTURES_NANOS = TimeUnit.SECONDS.toNanos(180);

  /// Attempts that a participant makes at most before its token is no longer good.
  private static final int MAX_ATTEMPTS_AWAY = 1_000;

  private final EdgeRun edge;

  /// First hand, by session.
  private final Map<SessionId, Member> here = new LinkedHashMap<>();

  /// What each other edge last said.
  private final Map<EdgeRun, Account> elsewhere = new TreeMap<>();

  private final Claims claims = new Claims();

  /// Sessions that ended on any edge; kept for as long as an older claim to one may come.
  private final Departures departures = new Departures(claims::doubt);

  /// What participants of this edge have been told, by number, in the order of their coming.
  private final Map<Integer, Participant> shown = new LinkedHashMap<>();

  private final Lookalikes lookalikes = new Lookalikes();

  /// Why somebody goes, until that has been told.
  private final Map<Integer, CloseReason> parting = new HashMap<>();

  private boolean whole = true;

  /// What another edge said of itself.
  private static final class Account {
    long version;
    Map<SessionId, Member> members = Map.of();
    long heardAt;

    /// Whether nothing of this account has been shown yet. Whoever it names was in the room before
    /// this edge heard of it.
    boolean news = true;
  }

  /// What the room has to tell and to do after a change.
  ///
  /// @param events for everybody on this edge
  /// @param overtaken sessions of this edge that have a later connection elsewhere
  /// @param displaced sessions of this edge whose number is another's
  public record Change(List<Event> events, List<SessionId> overtaken, List<SessionId> displaced) {}

  public Roster(EdgeRun edge) {
    this.edge = edge;
  }

  // --- this edge ---

  public void put(Member member) {
    here.put(member.session(), member);
    claims.doubt(member.session());
  }

  /// Ends a session.
  public void remove(SessionId session, CloseReason reason, long now) {
    Member gone = here.remove(session);
    if (gone != null) {
      int number = gone.participant().number();
      parting.put(number, reason);
      departures.add(new Departure(session, gone.attempt(), number, reason, 0), now);
      claims.doubt(session);
    }
  }

  /// What to tell the other edges.
  public RoomState.Listing listing(long now) {
    return new RoomState.Listing(List.copyOf(here.values()), departures.all(now));
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
    Account known = elsewhere.get(state.edge());
    if (state.edge().equals(edge) || (known != null && state.version() < known.version)) {
      return Fit.IMPOSSIBLE;
    }
    if (known != null) {
      known.heardAt = now;
    }
    if (state.listing().isEmpty()) {
      return known != null && known.version == state.version() ? Fit.GOOD : Fit.MISSING;
    }
    take(state, state.listing().get(), now);
    return Fit.GOOD;
  }

  private void take(RoomState state, RoomState.Listing listing, long now) {
    for (Departure departure : listing.departures()) {
      departures.add(departure, now);
      parting.put(departure.number(), departure.reason());
    }
    Account account = elsewhere.computeIfAbsent(state.edge(), run -> new Account());
    Map<SessionId, Member> before = account.members;
    account.version = state.version();
    account.members = new LinkedHashMap<>();
    account.heardAt = now;
    for (Member member : listing.members()) {
      account.members.put(member.session(), member);
      if (!member.equals(before.get(member.session()))) {
        claims.doubt(member.session());
      }
    }
    before.keySet().stream()
        .filter(each -> !account.members.containsKey(each))
        .forEach(claims::doubt);
    if (account.members.isEmpty()) {
      elsewhere.remove(state.edge());
    }
  }

  /// Forgets what is over: old departures, and the edges that have said nothing for too long. While
  /// nobody can be heard anyway no edge is forgotten.
  ///
  /// @return whether there were such edges
  public boolean sweep(long now) {
    departures.forget(now - DEPARTURES_NANOS);
    long time = now - SILENCE_NANOS;
    return whole && elsewhere.values().removeIf(account -> isSilent(account, time));
  }

  private boolean isSilent(Account account, long time) {
    boolean silent = account.heardAt - time < 0;
    if (silent) {
      for (Member each : account.members.values()) {
        parting.put(each.participant().number(), CloseReason.CONNECTION_LOST);
        claims.doubt(each.session());
      }
    }
    return silent;
  }

  /// Everybody elsewhere counts as heard just now: it was this edge that was deaf.
  public void excuseSilence(long now) {
    elsewhere.values().forEach(account -> account.heardAt = now);
  }

  /// Whether the others can be heard. While they cannot, whoever is there counts as away.
  public void setWhole(boolean nowWhole) {
    whole = nowWhole;
    doubtElsewhere();
  }

  /// Nothing is known of elsewhere any more.
  public void forgetElsewhere() {
    doubtElsewhere();
    elsewhere.clear();
  }

  private void doubtElsewhere() {
    elsewhere.values().forEach(account -> account.members.keySet().forEach(claims::doubt));
  }

  /// Whether some other edge has participants in the room.
  public boolean isShared() {
    return !elsewhere.isEmpty();
  }

  /// Whether another edge says that somebody with this number is there.
  public boolean isElsewhere(int number) {
    return elsewhere.values().stream()
        .flatMap(account -> account.members.values().stream())
        .anyMatch(member -> member.participant().number() == number);
  }

  // --- all of them ---

  /// The claim to `session` that holds.
  public Optional<Member> find(SessionId session) {
    claims.judge(this::judge);
    return Optional.ofNullable(claims.of(session)).map(Claim::member);
  }

  /// The latest connection of `session` that is known, ended or not; 0 when there is none.
  private int lastAttempt(SessionId session) {
    int ended = departures.lastAttempt(session);
    return find(session).map(member -> Math.max(member.attempt(), ended)).orElse(ended);
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
    long last = Math.max(vouched.attempt(), lastAttempt(vouched.session()));
    return attempt > last && attempt - last <= MAX_ATTEMPTS_AWAY;
  }

  /// The session that `vouched` is of, with its next connection.
  public Member comeBack(Member vouched, int attempt) {
    SessionId session = vouched.session();
    Participant known = find(session).map(Member::participant).orElse(vouched.participant());
    int number = isTakenFrom(session, known.number()) ? freeNumber() : known.number();
    return new Member(session, attempt, known.withNumber(number).withAway(false));
  }

  /// A new session.
  public Member begin(int attempt, Participant fresh) {
    return new Member(SessionId.random(), attempt, fresh.withNumber(freeNumber()));
  }

  /// A number that nobody in the room has. Random, so that edges seldom meet.
  private int freeNumber() {
    int number;
    do {
      number = ThreadLocalRandom.current().nextInt();
    } while (number == 0 || isTaken(number));
    return number;
  }

  /// Whether somebody of this user is in the room.
  public boolean has(UserId user) {
    return shown.values().stream().anyMatch(each -> each.user().equals(user));
  }

  public List<Participant> everybody() {
    return List.copyOf(shown.values());
  }

  /// A member as participants see it, were it within reach.
  public Participant shown(Member member) {
    Participant participant = member.participant();
    return participant.withLookalike(lookalikes.contains(participant.number()));
  }

  public int size() {
    return shown.size();
  }

  /// Brings what is shown up to date and says what that means.
  public Change update() {
    claims.judge(this::judge);
    Claims.Changes changes = claims.takeChanges();
    List<SessionId> overtaken =
        changes.sessions().stream().filter(here::containsKey).filter(this::isNotMine).toList();
    List<SessionId> displaced =
        changes.numbers().stream()
            .flatMap(number -> claims.sessionsOf(number).stream().skip(1))
            .filter(session -> !isNotMine(session))
            .sorted()
            .toList();
    var change = new Change(show(changes.numbers()), overtaken, displaced);
    overtaken.forEach(this::giveUp);
    displaced.forEach(this::giveUp);
    elsewhere.values().forEach(account -> account.news = false);
    parting.clear();
    return change;
  }

  private void giveUp(SessionId session) {
    here.remove(session);
    claims.doubt(session);
  }

  private boolean isNotMine(SessionId session) {
    Claim claim = claims.of(session);
    return claim == null || !claim.edge().equals(edge);
  }

  private @Nullable Claim judge(SessionId session) {
    Member mine = here.get(session);
    Claim latest = mine == null ? null : new Claim(mine, edge);
    for (Map.Entry<EdgeRun, Account> other : elsewhere.entrySet()) {
      Member theirs = other.getValue().members.get(session);
      Claim claim = theirs == null ? null : new Claim(theirs, other.getKey());
      latest = claim != null && claim.isLaterThan(latest) ? claim : latest;
    }
    return latest == null || departures.covers(latest.member()) ? null : latest;
  }

  /// Those who go come before those who come, who are told in the order of their sessions. Then
  /// follow those whose name is now, or no longer, like that of somebody else.
  private List<Event> show(Iterable<Integer> numbers) {
    List<Event> events = new ArrayList<>();
    List<Claim> seen = new ArrayList<>();
    for (int number : numbers) {
      Claim claim = owner(number);
      if (claim != null) {
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
        events.add(new Event.Joined(after, isNews(claim.edge())));
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

  private boolean isNews(EdgeRun from) {
    Account account = elsewhere.get(from);
    return account != null && account.news;
  }

  private Participant seen(Claim claim) {
    Participant participant = shown(claim.member());
    return whole || claim.edge().equals(edge) ? participant : participant.withAway(true);
  }
}
