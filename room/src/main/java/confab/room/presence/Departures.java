package confab.room.presence;

import confab.protocol.Departure;
import confab.protocol.Member;
import confab.protocol.SessionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Sessions that ended lately. A claim to a connection of such a session, up to the attempt with
/// which it ended, is out of date; of one that ended for good, any claim is. Whoever came by the
/// ticket of somebody else began later, and ends nothing of theirs.
///
/// Bound: the last [#CAPACITY]. Guarded by its roster.
final class Departures {
  static final int CAPACITY = 512;

  private final Map<SessionId, Noted> bySession = new LinkedHashMap<>();

  /// Learns of which sessions something else is now known.
  private final Consumer<SessionId> changed;

  /// @param at when it ended
  private record Noted(Departure departure, long at) {
    Departure aged(long now) {
      return departure.withAge((int) TimeUnit.NANOSECONDS.toMillis(now - at));
    }
  }

  Departures(Consumer<SessionId> changed) {
    this.changed = changed;
  }

  void add(Departure departure, long now) {
    SessionId session = departure.session();
    if (lastAttempt(session, departure.began()) >= departure.attempt()
        || isOfALaterOne(departure)) {
      return;
    }
    bySession.remove(session);
    if (bySession.size() == CAPACITY) {
      SessionId eldest = bySession.keySet().iterator().next();
      bySession.remove(eldest);
      changed.accept(eldest);
    }
    long at = now - TimeUnit.MILLISECONDS.toNanos(departure.ageMillis());
    bySession.put(session, new Noted(departure, at));
    changed.accept(session);
  }

  private boolean isOfALaterOne(Departure departure) {
    Noted known = bySession.get(departure.session());
    return known != null && known.departure().began() < departure.began();
  }

  boolean contains(SessionId session) {
    return bySession.containsKey(session);
  }

  boolean covers(Member member) {
    return lastAttempt(member.session(), member.began()) >= member.attempt();
  }

  /// The last attempt of a session that began then and has ended; 0 when it is not known to have.
  /// None is later of one that ended for good: its resume tokens die with it.
  int lastAttempt(SessionId session, long began) {
    Noted known = bySession.get(session);
    if (known == null || known.departure().began() > began) {
      return 0;
    }
    Departure departure = known.departure();
    return departure.reason().mayReturn() ? departure.attempt() : Integer.MAX_VALUE;
  }

  List<Departure> all(long now) {
    return bySession.values().stream().map(noted -> noted.aged(now)).toList();
  }

  void forget(long before) {
    bySession
        .entrySet()
        .removeIf(
            each -> {
              boolean old = each.getValue().at() - before < 0;
              if (old) {
                changed.accept(each.getKey());
              }
              return old;
            });
  }
}
