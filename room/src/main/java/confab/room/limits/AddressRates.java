package confab.room.limits;

import confab.frames.Rate;
import java.net.InetAddress;

/// How often each address does something: a [StrictBucket] per host, and of IPv6 another per site,
/// which has [Network#HOSTS_PER_SITE] times as much.
///
/// Guarded by itself.
public final class AddressRates {
  private final Buckets<InetAddress> hosts;
  private final Buckets<InetAddress> sites;

  public AddressRates(Rate rate) {
    hosts = new Buckets<>(rate);
    sites = new Buckets<>(rate.scaledTo(rate.perSecond() * Network.HOSTS_PER_SITE));
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
    return hosts.of(Network.host(address), now);
  }

  private StrictBucket site(InetAddress address, long now) {
    return sites.of(Network.site(address), now);
  }
}
