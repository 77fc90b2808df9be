package confab.room.presence;

import confab.protocol.EdgeRun;
import confab.protocol.Identity;
import confab.protocol.SessionId;
import confab.room.presence.Claims.Claim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// How many sessions at once the users of this edge may have, as far as a token says. Of what a
/// user has all edges know the same order, so each finds those of its own that are too many.
/// Guarded by its roster. Bound: the sessions of this edge.
final class SessionLimits {
  private final EdgeRun edge;
  private final Claims claims;
  private final Map<SessionId, Integer> most = new HashMap<>();

  SessionLimits(EdgeRun edge, Claims claims) {
    this.edge = edge;
    this.claims = claims;
  }

  void put(SessionId session, OptionalInt limit) {
    if (limit.isPresent()) {
      most.put(session, limit.getAsInt());
    } else {
      most.remove(session);
    }
  }

  void remove(SessionId session) {
    most.remove(session);
  }

  /// Those of this edge that are one too many, of the users whose sessions have changed since this
  /// was last asked.
  List<SessionId> surplus() {
    Set<Identity> users = claims.takeUsers();
    List<SessionId> surplus = new ArrayList<>();
    for (Identity user : most.isEmpty() ? Set.<Identity>of() : users) {
      int before = 0;
      for (Claim claim : claims.claimsOf(user)) {
        SessionId session = claim.member().session();
        boolean mine = claim.edge().equals(edge);
        if (mine && before >= most.getOrDefault(session, Integer.MAX_VALUE)) {
          surplus.add(session);
        } else {
          before++;
        }
      }
    }
    return surplus;
  }
}
