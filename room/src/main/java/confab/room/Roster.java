package confab.room;

import confab.protocol.CloseReason;
import confab.protocol.Departure;
import confab.protocol.Event;
import confab.protocol.Member;
import confab.protocol.Participant;
import confab.protocol.RoomState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who is in one room, on whatever edge: what this edge knows at first hand, and what each of the
/// others last said. From the same claims every edge comes to the same roster, in whatever order
/// they arrive: of two claims to a session the later attempt holds, of two sessions with one
/// number the lower session keeps it.
///
/// Guarded by its room; knows no session objects, sends nothing.
final class Roster {
  private final long edge;

  /// First hand, by session.
  private final Map<Long, Member> here = new LinkedHashMap<>();

  /// By run of another edge, in that order.
  private final Map<Long, Account> elsewhere = new TreeMap<>();

  /// Sessions that ended, wherever; kept as long as an older claim to one may come up.
  private final Departures departures = new Departures();

  /// What participants of this edge have been told, by number.
  private Map<Integer, Participant> shown = new LinkedHashMap<>();

  /// Why somebody goes, until that has been told.
  private final Map<Integer, CloseReason> parting = new HashMap<>();

  private boolean whole = true;

  /// What another edge said of itself.
  private static final class Account {
    long version;
    List<Member> members = List.of();
    long heardAt;

    /// Nothing of it has been shown yet: whoever it names was there before.
    boolean news = true;
  }

  /// Somebody's place in the room, and who says so.
  private record Claim(Member member, long edge, boolean first) {}

  /// What is to be told and done after a change.
  ///
  /// @param events for everybody on this edge
  /// @param overtaken sessions of this edge that have a later connection elsewhere
  /// @param displaced sessions of this edge whose number is another's
  record Change(List<Event> events, List<Long> overtaken, List<Long> displaced) {}

  Roster(long edge) {
    this.edge = edge;
  }

  // --- this edge ---

  void put(Member member) {
    here.put(member.session(), member);
  }

  /// Ends a session.
  void remove(long session, CloseReason reason, long now) {
    Member gone = here.remove(session);
    if (gone != null) {
      int number = gone.participant().number();
      parting.put(number, reason);
      departures.add(new Departure(session, gone.attempt(), number, reason, 0), now);
    }
  }

  /// What to tell the other edges.
  RoomState.Listing listing(long now) {
    return new RoomState.Listing(List.copyOf(here.values()), departures.all(now));
  }

  // --- other edges ---

  /// How a state that came fits what is known.
  enum Fit {
    GOOD,
    /// There is something that this edge does not have.
    MISSING,
    /// It is older than what is known, or claims to be this very edge.
    IMPOSSIBLE
  }

  Fit hear(RoomState state, long now) {
    Account known = elsewhere.get(state.edge());
    if (state.edge() == edge || (known != null && state.version() < known.version)) {
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
    if (listing.members().isEmpty()) {
      elsewhere.remove(state.edge());
      return;
    }
    Account account = elsewhere.computeIfAbsent(state.edge(), run -> new Account());
    account.version = state.version();
    account.members = listing.members();
    account.heardAt = now;
  }

  /// Forgets the edges that have said nothing since `time`, unless nobody can be heard anyway.
  ///
  /// @return whether there were any
  boolean forgetSilent(long time) {
    return whole && elsewhere.values().removeIf(account -> isSilent(account, time));
  }

  private boolean isSilent(Account account, long time) {
    boolean silent = account.heardAt - time < 0;
    if (silent) {
      account.members.forEach(
          each -> parting.put(each.participant().number(), CloseReason.CONNECTION_LOST));
    }
    return silent;
  }

  void forgetDepartures(long time) {
    departures.forget(time);
  }

  /// Everybody elsewhere counts as heard just now: it was this edge that was deaf.
  void excuseSilence(long now) {
    elsewhere.values().forEach(account -> account.heardAt = now);
  }

  /// Whether the others can be heard. While they cannot, whoever sits there is away.
  void setWhole(boolean nowWhole) {
    whole = nowWhole;
  }

  /// Nothing is known of elsewhere any more.
  void forgetElsewhere() {
    elsewhere.clear();
  }

  /// Whether some other edge has participants in the room.
  boolean isShared() {
    return !elsewhere.isEmpty();
  }

  /// Whether another edge says that somebody with this number is there.
  boolean isElsewhere(int number) {
    return elsewhere.values().stream()
        .flatMap(account -> account.members.stream())
        .anyMatch(member -> member.participant().number() == number);
  }

  // --- all of them ---

  /// The claim to `session` that holds.
  Optional<Member> find(long session) {
    return Optional.ofNullable(claims().get(session)).map(Claim::member);
  }

  /// The latest connection of `session` that is known, ended or not; 0 when there is none.
  int lastAttempt(long session) {
    int ended = departures.lastAttempt(session);
    return find(session).map(member -> Math.max(member.attempt(), ended)).orElse(ended);
  }

  /// Whether `number` is that of a session other than `session`.
  boolean isTaken(int number, long session) {
    return claims().values().stream()
        .map(Claim::member)
        .anyMatch(each -> each.participant().number() == number && each.session() != session);
  }

  Collection<Participant> everybody() {
    return List.copyOf(shown.values());
  }

  int size() {
    return shown.size();
  }

  /// Brings what is shown up to date and says what that means.
  Change update() {
    Map<Long, Claim> claims = claims();
    List<Long> overtaken = here.keySet().stream().filter(each -> !holds(claims, each)).toList();
    Map<Integer, Claim> byNumber = new LinkedHashMap<>();
    List<Long> displaced = new ArrayList<>();
    for (Claim claim : inOrderOfSession(claims.values())) {
      Claim before = byNumber.putIfAbsent(claim.member().participant().number(), claim);
      if (before != null && claim.edge() == edge) {
        displaced.add(claim.member().session());
      }
    }
    overtaken.forEach(here::remove);
    displaced.forEach(here::remove);
    var change = new Change(show(byNumber), overtaken, displaced);
    elsewhere.values().forEach(account -> account.news = false);
    parting.clear();
    return change;
  }

  private boolean holds(Map<Long, Claim> claims, long session) {
    Claim claim = claims.get(session);
    return claim != null && claim.edge() == edge;
  }

  private Map<Long, Claim> claims() {
    Map<Long, Claim> claims = new LinkedHashMap<>();
    here.values().forEach(each -> claim(claims, new Claim(each, edge, false)));
    elsewhere.forEach(
        (run, account) ->
            account.members.forEach(each -> claim(claims, new Claim(each, run, account.news))));
    claims.values().removeIf(claim -> departures.covers(claim.member()));
    return claims;
  }

  private static void claim(Map<Long, Claim> claims, Claim claim) {
    claims.merge(
        claim.member().session(), claim, (one, other) -> isLater(one, other) ? one : other);
  }

  private static boolean isLater(Claim one, Claim other) {
    int attempts = Integer.compare(one.member().attempt(), other.member().attempt());
    return attempts != 0 ? attempts > 0 : one.edge() > other.edge();
  }

  private static List<Claim> inOrderOfSession(Collection<Claim> claims) {
    return claims.stream()
        .sorted(Comparator.comparingLong(each -> each.member().session()))
        .toList();
  }

  private List<Event> show(Map<Integer, Claim> claims) {
    List<Event> events = new ArrayList<>();
    for (int number : shown.keySet()) {
      if (!claims.containsKey(number)) {
        events.add(new Event.Left(number, parting.getOrDefault(number, CloseReason.LEFT)));
      }
    }
    // Whoever was here before keeps the place in the list, newcomers follow.
    Map<Integer, Participant> next = new LinkedHashMap<>(shown);
    next.keySet().retainAll(claims.keySet());
    claims.forEach(
        (number, claim) -> {
          Participant participant = seen(claim);
          next.put(number, participant);
          Event event = change(shown.get(number), participant, claim.first());
          if (event != null) {
            events.add(event);
          }
        });
    shown = next;
    return events;
  }

  private Participant seen(Claim claim) {
    Participant participant = claim.member().participant();
    return whole || claim.edge() == edge ? participant : participant.withAway(true);
  }

  private static @Nullable Event change(
      @Nullable Participant before, Participant after, boolean already) {
    if (before == null) {
      return new Event.Joined(after, already);
    }
    return before.equals(after) ? null : new Event.Updated(after);
  }
}
