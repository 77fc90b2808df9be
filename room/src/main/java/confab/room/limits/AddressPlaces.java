package confab.room.limits;

import java.net.InetAddress;

/// How many of something each address has at a time: so many per host, and of IPv6
/// [Network#HOSTS_PER_SITE] times as many per site.
///
/// Guarded by itself. Bound: an address is known while it has one. Who asks for a place and takes
/// it later may find it taken; so many as ask at a time come in besides.
public final class AddressPlaces {
  private static final int BACK_PART = 4;

  private final int most;
  private final Counts<InetAddress> hosts = new Counts<>();
  private final Counts<InetAddress> sites = new Counts<>();

  /// @param most per host
  public AddressPlaces(int most) {
    this.most = most;
  }

  /// Takes one, which [#free] gives back. False when the address has as many as it may.
  public synchronized boolean take(InetAddress address) {
    boolean there = hasPlace(address);
    if (there) {
      add(address);
    }
    return there;
  }

  /// Takes one, which [#free] gives back, whether there is a place or not.
  public synchronized void add(InetAddress address) {
    hosts.add(Network.host(address));
    if (Network.hasSite(address)) {
      sites.add(Network.site(address));
    }
  }

  /// Whether the address may have one more.
  public synchronized boolean hasPlace(InetAddress address) {
    return hasPlace(address, false);
  }

  /// Whether the address may have one more.
  ///
  /// @param back whether it is for somebody who has one already, which may be dead: an address has
  ///     a quarter more for them
  public synchronized boolean hasPlace(InetAddress address, boolean back) {
    int bound = bound(most, back);
    return taken(address) < bound
        && (!Network.hasSite(address)
            || sites.of(Network.site(address)) < bound * Network.HOSTS_PER_SITE);
  }

  static int bound(int most, boolean back) {
    return back ? most + most / BACK_PART + 1 : most;
  }

  /// Called once for each one that was taken.
  public synchronized void free(InetAddress address) {
    hosts.remove(Network.host(address));
    if (Network.hasSite(address)) {
      sites.remove(Network.site(address));
    }
  }

  /// How many the host has now.
  public synchronized int taken(InetAddress address) {
    return hosts.of(Network.host(address));
  }
}
