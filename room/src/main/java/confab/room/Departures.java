package confab.room;

import confab.protocol.Departure;
import confab.protocol.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Sessions that ended lately: whatever still claims a connection of one is out of date. Holds the
/// last [#CAPACITY]. Guarded by its roster.
final class Departures {
  static final int CAPACITY = 512;

  private final Map<Long, Noted> bySession =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Noted> eldest) {
          return size() > CAPACITY;
        }
      };

  /// @param at when it ended, in the time of [Rooms#nanoTime]
  private record Noted(Departure departure, long at) {
    Departure aged(long now) {
      return departure.withAge((int) TimeUnit.NANOSECONDS.toMillis(now - at));
    }
  }

  void add(Departure departure, long now) {
    Noted known = bySession.get(departure.session());
    if (known == null || known.departure().attempt() < departure.attempt()) {
      bySession.remove(departure.session());
      long at = now - TimeUnit.MILLISECONDS.toNanos(departure.ageMillis());
      bySession.put(departure.session(), new Noted(departure, at));
    }
  }

  boolean covers(Member member) {
    return lastAttempt(member.session()) >= member.attempt();
  }

  /// The last attempt of a session that has ended; 0 when it is not known to have.
  int lastAttempt(long session) {
    Noted known = bySession.get(session);
    return known == null ? 0 : known.departure().attempt();
  }

  List<Departure> all(long now) {
    return bySession.values().stream().map(noted -> noted.aged(now)).toList();
  }

  void forget(long before) {
    bySession.values().removeIf(noted -> noted.at() - before < 0);
  }
}
