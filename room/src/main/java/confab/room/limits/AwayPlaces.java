package confab.room.limits;

import confab.protocol.Identity;
import confab.protocol.RoomId;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;

/// The sessions that are away on this edge, so that who leaves one connection after another does
/// not fill rooms with people who are not there. An address has so many of them, and a user in one
/// room [#PER_USER]; of those above the oldest ends.
///
/// Whoever has said nothing is not missed: from [#SILENT_PART] of the most on it is not kept at
/// all.
///
/// Guarded by itself. Bound: the sessions that are away.
public final class AwayPlaces {
  static final int PER_USER = 5;

  /// One in so many is kept for those who have said nothing.
  static final int SILENT_PART = 4;

  private final Places<InetAddress> hosts;
  private final Places<InetAddress> sites;
  private final Places<Visitor> visitors = new Places<>(PER_USER);
  private final LimitCounters limited;

  /// A session that is away.
  public interface Absence {
    InetAddress address();

    RoomId room();

    Identity identity();

    /// Ends it soon. Called under the lock of another room, perhaps, so it only notes that.
    void end();
  }

  private record Visitor(RoomId room, Identity identity) {}

  /// @param perHost how many sessions of one host may be away
  public AwayPlaces(int perHost, LimitCounters limited) {
    this.limited = limited;
    hosts = new Places<>(perHost);
    sites = new Places<>(perHost * Network.HOSTS_PER_SITE);
  }

  /// Whether a session from `address` is kept at all.
  ///
  /// @param spoke whether it has sent media
  public synchronized boolean isKept(InetAddress address, boolean spoke) {
    boolean kept =
        spoke || hosts.count(Network.host(address)) < Math.max(1, hosts.most / SILENT_PART);
    if (!kept) {
      limited.count(Limit.AWAY);
    }
    return kept;
  }

  /// It is away from now on, until [#remove].
  public synchronized void add(Absence absence) {
    hosts.add(Network.host(absence.address()), absence);
    if (Network.hasSite(absence.address())) {
      sites.add(Network.site(absence.address()), absence);
    }
    visitors.add(visitor(absence), absence);
  }

  /// It is back, or has ended.
  public synchronized void remove(Absence absence) {
    hosts.remove(Network.host(absence.address()), absence);
    if (Network.hasSite(absence.address())) {
      sites.remove(Network.site(absence.address()), absence);
    }
    visitors.remove(visitor(absence), absence);
  }

  private static Visitor visitor(Absence absence) {
    return new Visitor(absence.room(), absence.identity());
  }

  /// The oldest first.
  private final class Places<K> {
    final int most;
    private final Map<K, SequencedSet<Absence>> taken = new HashMap<>();

    Places(int most) {
      this.most = most;
    }

    int count(K key) {
      SequencedSet<Absence> here = taken.get(key);
      return here == null ? 0 : here.size();
    }

    void add(K key, Absence absence) {
      SequencedSet<Absence> here = taken.computeIfAbsent(key, k -> new LinkedHashSet<>());
      here.add(absence);
      if (here.size() > most) {
        Absence oldest = here.getFirst();
        AwayPlaces.this.remove(oldest);
        oldest.end();
        limited.count(Limit.AWAY);
      }
    }

    void remove(K key, Absence absence) {
      SequencedSet<Absence> here = taken.get(key);
      if (here != null && here.remove(absence) && here.isEmpty()) {
        taken.remove(key);
      }
    }
  }
}
