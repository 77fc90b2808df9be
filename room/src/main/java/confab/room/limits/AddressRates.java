package confab.room.limits;

import confab.frames.Rate;
import confab.frames.TokenBucket;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// How often each address does something: a [TokenBucket] per host, and of IPv6 another per site,
/// which has [Network#HOSTS_PER_SITE] times as much.
///
/// Whoever is refused and tries again too early waits longer: each such try adds a tenth of the
/// time in which an empty bucket is filled, up to all of it. A flood so gets one burst in that time
/// at the most, and an office that comes back at once gets in as fast as the rate says.
///
/// Keeps the most recently seen [#MAX_ADDRESSES]; one that was forgotten starts with a full bucket
/// again. Guarded by itself.
public final class AddressRates {
  static final int MAX_ADDRESSES = 10_000;

  /// Early tries until a wait is as long as it gets.
  private static final int EARLY_TRIES = 10;

  private final Rate hostRate;
  private final Rate siteRate;
  private final Map<InetAddress, Allowance> hosts = latest();
  private final Map<InetAddress, Allowance> sites = latest();
  private long refused;

  public AddressRates(Rate rate) {
    hostRate = rate;
    siteRate =
        new Rate(rate.perSecond() * Network.HOSTS_PER_SITE, rate.burst() * Network.HOSTS_PER_SITE);
  }

  private static Map<InetAddress, Allowance> latest() {
    return new LinkedHashMap<>(64, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<InetAddress, Allowance> eldest) {
        return size() > MAX_ADDRESSES;
      }
    };
  }

  /// Takes one.
  ///
  /// @param now in nanoseconds
  /// @return nanoseconds until it makes sense to try again; 0 when it was taken
  public synchronized long take(InetAddress address, long now) {
    Allowance host = host(address, now);
    long wait = host.nanosUntilNext(now);
    Allowance site = Network.hasSite(address) ? site(address, now) : null;
    if (site != null) {
      wait = Math.max(wait, site.nanosUntilNext(now));
    }
    if (wait == 0) {
      host.take(now);
      if (site != null) {
        site.take(now);
      }
      return 0;
    }
    refused++;
    // Of a site only the host that asks too often is made to wait longer.
    return Math.max(wait, host.refuse(wait, now));
  }

  /// What [#take] would say now. Takes nothing, and is no try.
  public synchronized long nanosUntilNext(InetAddress address, long now) {
    long wait = host(address, now).nanosUntilNext(now);
    return Network.hasSite(address) ? Math.max(wait, site(address, now).nanosUntilNext(now)) : wait;
  }

  /// How many tries were refused so far.
  public synchronized long refused() {
    return refused;
  }

  private Allowance host(InetAddress address, long now) {
    return hosts.computeIfAbsent(Network.host(address), a -> new Allowance(hostRate, now));
  }

  private Allowance site(InetAddress address, long now) {
    return sites.computeIfAbsent(Network.site(address), a -> new Allowance(siteRate, now));
  }

  /// What one network may do.
  private static final class Allowance {
    private final TokenBucket tokens;
    private final long longest;
    private long penaltyBegan;
    private long penaltyEnds;

    Allowance(Rate rate, long now) {
      tokens = new TokenBucket(rate, now);
      longest = (long) (rate.burst() / rate.perSecond() * TimeUnit.SECONDS.toNanos(1));
      penaltyBegan = now;
      penaltyEnds = now;
    }

    long nanosUntilNext(long now) {
      return Math.max(tokens.nanosUntil(1, now), penaltyEnds - now);
    }

    void take(long now) {
      tokens.tryTake(1, now);
    }

    /// @return nanoseconds until the penalty ends
    long refuse(long wait, long now) {
      if (penaltyEnds - now <= 0) {
        penaltyBegan = now;
        penaltyEnds = now + Math.min(wait, longest);
      } else {
        penaltyEnds = Math.min(penaltyEnds + longest / EARLY_TRIES, penaltyBegan + longest);
      }
      return penaltyEnds - now;
    }
  }
}
