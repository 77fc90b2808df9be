package confab.room.presence;

import confab.protocol.EdgeRun;
import confab.protocol.Identity;
import confab.protocol.Member;
import confab.protocol.SessionId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which claim to each session holds, who has which participant number, and which sessions a user
/// has. Of two sessions with one number the lower session id keeps it. Only sessions of which
/// something was said are judged anew, since a room of a thousand changes a thousand times while it
/// fills. Guarded by its roster.
final class Claims {
  private final Map<SessionId, Claim> holding = new HashMap<>();

  /// Sessions by the number that their holding claims say; rarely more than one.
  private final Map<Integer, TreeSet<SessionId>> byNumber = new HashMap<>();

  /// The claims that hold, by their users. Whoever has too many sessions keeps the first of them.
  private final Map<Identity, TreeSet<Claim>> byUser = new HashMap<>();

  private final Set<SessionId> unjudged = new LinkedHashSet<>();

  // What was judged since it was last taken.
  private Set<SessionId> judged = new HashSet<>();
  private Set<Integer> touched = new LinkedHashSet<>();
  private Set<Identity> users = new LinkedHashSet<>();

  /// All edges know both, and neither changes while the session lasts.
  private static final Comparator<Claim> BY_BEGINNING =
      Comparator.<Claim>comparingLong(claim -> claim.member().began())
          .thenComparing(claim -> claim.member().session());

  /// A session in the room, and the edge that says so.
  record Claim(Member member, EdgeRun edge) {
    int number() {
      return member.participant().number();
    }

    Identity user() {
      return member.participant().identity();
    }

    /// Of two claims to a session the one that began earlier holds: somebody else has entered by
    /// the same ticket later. Of connections that belong together the later attempt does.
    boolean holdsOver(@Nullable Claim other) {
      if (other == null) {
        return true;
      }
      if (member.began() != other.member.began()) {
        return member.began() < other.member.began();
      }
      int attempts = Integer.compare(member.attempt(), other.member.attempt());
      return attempts != 0 ? attempts > 0 : edge.compareTo(other.edge) > 0;
    }
  }

  /// Decides which claim to a session holds.
  interface Judge {
    /// Null when nobody claims the session, or it has ended.
    @Nullable Claim judge(SessionId session);
  }

  /// What has changed.
  ///
  /// @param sessions whose claim may be another
  /// @param numbers that may belong to somebody else, or whose owner may have changed
  record Changes(Set<SessionId> sessions, Set<Integer> numbers) {}

  /// Something new is known of `session`, so its claims are judged again.
  void doubt(SessionId session) {
    unjudged.add(session);
  }

  /// Judges what is in doubt. Everything below is as of then.
  void judge(Judge judge) {
    for (SessionId session : unjudged) {
      Claim after = judge.judge(session);
      Claim before = after == null ? holding.remove(session) : holding.put(session, after);
      judged.add(session);
      if (before != null) {
        touched.add(before.number());
        users.add(before.user());
        unlink(before);
      }
      if (after != null) {
        touched.add(after.number());
        users.add(after.user());
        byNumber.computeIfAbsent(after.number(), number -> new TreeSet<>()).add(session);
        byUser.computeIfAbsent(after.user(), _ -> new TreeSet<>(BY_BEGINNING)).add(after);
      }
    }
    unjudged.clear();
  }

  private void unlink(Claim claim) {
    Set<SessionId> sessions = sessionsOf(claim.number());
    sessions.remove(claim.member().session());
    if (sessions.isEmpty()) {
      byNumber.remove(claim.number());
    }
    Set<Claim> claims = claimsOf(claim.user());
    claims.remove(claim);
    if (claims.isEmpty()) {
      byUser.remove(claim.user());
    }
  }

  /// What has changed since this was last asked.
  Changes takeChanges() {
    var changes = new Changes(judged, touched);
    judged = new HashSet<>();
    touched = new LinkedHashSet<>();
    return changes;
  }

  /// Whose sessions may be others since this was last asked.
  Set<Identity> takeUsers() {
    Set<Identity> taken = users;
    users = new LinkedHashSet<>();
    return taken;
  }

  /// Those that hold, in the order in which the sessions began.
  Set<Claim> claimsOf(Identity user) {
    TreeSet<Claim> claims = byUser.get(user);
    return claims == null ? Set.of() : claims;
  }

  @Nullable Claim of(SessionId session) {
    return holding.get(session);
  }

  /// In their order: the first keeps the number.
  Set<SessionId> sessionsOf(int number) {
    TreeSet<SessionId> sessions = byNumber.get(number);
    return sessions == null ? Set.of() : sessions;
  }
}
