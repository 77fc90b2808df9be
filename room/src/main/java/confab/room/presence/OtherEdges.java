package confab.room.presence;

import confab.protocol.EdgeRun;
import confab.protocol.Member;
import confab.protocol.RoomState;
import confab.protocol.SessionId;
import confab.room.presence.Claims.Claim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What each other edge last said of the room. Guarded by its roster.
final class OtherEdges {
  /// An edge that missed three repetitions is gone.
  private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(3_500);

  private final Map<EdgeRun, Account> accounts = new TreeMap<>();

  /// Learns of which sessions something else is now known.
  private final Consumer<SessionId> changed;

  /// What one edge said of itself.
  private static final class Account {
    long version;
    Map<SessionId, Member> members = Map.of();
    long heardAt;

    /// Whether nothing of this account has been shown yet. Whoever it names was in the room before
    /// this edge heard of it.
    boolean news = true;
  }

  OtherEdges(Consumer<SessionId> changed) {
    this.changed = changed;
  }

  /// Takes in that an edge was heard, and which version it has; [#take] its listing.
  Roster.Fit hear(RoomState state, long now) {
    Account known = accounts.get(state.edge());
    if (known != null && state.version() < known.version) {
      return Roster.Fit.IMPOSSIBLE;
    }
    if (known != null) {
      known.heardAt = now;
    }
    boolean same = known != null && known.version == state.version();
    return same || state.listing().isPresent() ? Roster.Fit.GOOD : Roster.Fit.MISSING;
  }

  void take(RoomState state, RoomState.Listing listing, long now) {
    Account account = accounts.computeIfAbsent(state.edge(), run -> new Account());
    Map<SessionId, Member> before = account.members;
    account.version = state.version();
    account.members = new LinkedHashMap<>();
    account.heardAt = now;
    for (Member member : listing.members()) {
      account.members.put(member.session(), member);
      if (!member.equals(before.get(member.session()))) {
        changed.accept(member.session());
      }
    }
    before.keySet().stream().filter(each -> !account.members.containsKey(each)).forEach(changed);
    if (account.members.isEmpty()) {
      accounts.remove(state.edge());
    }
  }

  /// Forgets the edges that have said nothing for too long.
  ///
  /// @return who was there
  List<Member> forgetSilent(long now) {
    List<Member> gone = new ArrayList<>();
    accounts
        .values()
        .removeIf(
            account -> {
              boolean silent = account.heardAt - (now - SILENCE_NANOS) < 0;
              if (silent) {
                gone.addAll(account.members.values());
              }
              return silent;
            });
    gone.forEach(each -> changed.accept(each.session()));
    return gone;
  }

  /// Everybody counts as heard just now.
  void excuseSilence(long now) {
    accounts.values().forEach(account -> account.heardAt = now);
  }

  void clear() {
    doubt();
    accounts.clear();
  }

  /// Something else is now known of all of them.
  void doubt() {
    members().map(Member::session).forEach(changed);
  }

  Stream<Member> members() {
    return accounts.values().stream().flatMap(account -> account.members.values().stream());
  }

  boolean isEmpty() {
    return accounts.isEmpty();
  }

  /// The claim to `session` that holds over `mine` and all others.
  @Nullable Claim holding(SessionId session, @Nullable Claim mine) {
    Claim holding = mine;
    for (Map.Entry<EdgeRun, Account> each : accounts.entrySet()) {
      Member member = each.getValue().members.get(session);
      Claim claim = member == null ? null : new Claim(member, each.getKey());
      holding = claim != null && claim.holdsOver(holding) ? claim : holding;
    }
    return holding;
  }

  /// Whether nothing of what that edge said has been shown yet.
  boolean isNews(EdgeRun edge) {
    Account account = accounts.get(edge);
    return account != null && account.news;
  }

  /// All of it has been shown.
  void noteShown() {
    accounts.values().forEach(account -> account.news = false);
  }
}
