package confab.room.limits;

import confab.frames.Rate;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/// How often each address does something: a [StrictBucket] per host, and of IPv6 another per site,
/// which has [Network#HOSTS_PER_SITE] times as much.
///
/// Keeps the most recently seen [#MAX_ADDRESSES]; one that was forgotten starts with a full bucket
/// again. Guarded by itself.
public final class AddressRates {
  static final int MAX_ADDRESSES = 10_000;

  private final Rate hostRate;
  private final Rate siteRate;
  private final Map<InetAddress, StrictBucket> hosts = latest();
  private final Map<InetAddress, StrictBucket> sites = latest();

  public AddressRates(Rate rate) {
    hostRate = rate;
    siteRate = rate.scaledTo(rate.perSecond() * Network.HOSTS_PER_SITE);
  }

  private static Map<InetAddress, StrictBucket> latest() {
    return new LinkedHashMap<>(64, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<InetAddress, StrictBucket> eldest) {
        return size() > MAX_ADDRESSES;
      }
    };
  }

  /// Takes one.
  ///
  /// @param now in nanoseconds
  /// @return nanoseconds until it makes sense to try again; 0 when it was taken
  public synchronized long take(InetAddress address, long now) {
    StrictBucket host = host(address, now);
    long wait = host.nanosUntil(1, now);
    StrictBucket site = Network.hasSite(address) ? site(address, now) : null;
    if (site != null) {
      wait = Math.max(wait, site.nanosUntil(1, now));
    }
    if (wait == 0) {
      host.take(1, now);
      if (site != null) {
        site.take(1, now);
      }
      return 0;
    }
    // Of a site only the host that asks too often is made to wait longer.
    return host.refuse(wait, now);
  }

  /// What [#take] would say now. Takes nothing, and is no try.
  public synchronized long nanosUntilNext(InetAddress address, long now) {
    long wait = host(address, now).nanosUntil(1, now);
    return Network.hasSite(address) ? Math.max(wait, site(address, now).nanosUntil(1, now)) : wait;
  }

  private StrictBucket host(InetAddress address, long now) {
    return hosts.computeIfAbsent(Network.host(address), a -> new StrictBucket(hostRate, now));
  }

  private StrictBucket site(InetAddress address, long now) {
    return sites.computeIfAbsent(Network.site(address), a -> new StrictBucket(siteRate, now));
  }
}
