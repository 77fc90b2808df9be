package confab.webtransport.engine;

import confab.protocol.address.HostAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A port on each address of this machine, beside the one that an engine has on all of them.
///
/// A socket that is bound to no address answers from the address that the kernel's routes prefer. A
/// peer that asked another takes such a packet for a stranger's (RFC 9000 §9) and never connects.
/// The kernel gives packets to the socket that is bound to exactly their address, where there is
/// one.
///
/// Addresses that come and go later are followed; until then the port on all of them serves.
///
/// @param <P> what an engine opens on one address
public final class AddressPorts<P extends AutoCloseable> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AddressPorts.class);

  /// Asking takes well below a millisecond.
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /// More than a machine has by which it is dialled.
  private static final int MAX_PORTS = 64;

  private final Opener<P> opener;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("addresses").factory());
  // Guarded by this.
  private final Map<InetAddress, P> open = new HashMap<>();
  private final Set<InetAddress> refused = new HashSet<>();
  private boolean closed;

  /// Opens an engine's port on one address.
  @FunctionalInterface
  public interface Opener<P> {
    /// @throws IOException when the address cannot be had (now): IPv6 addresses are not there at
    ///     once
    P open(InetAddress address) throws IOException;
  }

  private AddressPorts(Opener<P> opener) {
    this.opener = opener;
  }

  /// Opens a port on each address that there is; none where the engine listens on one address only.
  ///
  /// @param bound where the engine listens
  public static <P extends AutoCloseable> AddressPorts<P> beside(
      InetAddress bound, Opener<P> opener) {
    var ports = new AddressPorts<P>(opener);
    if (bound.isAnyLocalAddress()) {
      ports.look();
      ports.watch.scheduleWithFixedDelay(
          ports::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }
    return ports;
  }

  /// Those that are open now.
  public synchronized List<P> all() {
    return List.copyOf(open.values());
  }

  private synchronized void look() {
    if (closed) {
      return;
    }
    Set<InetAddress> now = new HashSet<>(HostAddresses.dialable());
    open.entrySet().removeIf(each -> !now.contains(each.getKey()) && closed(each.getValue()));
    refused.retainAll(now);
    now.removeAll(open.keySet());
    now.forEach(this::open);
  }

  private void open(InetAddress address) {
    if (open.size() >= MAX_PORTS) {
      return;
    }
    try {
      open.put(address, opener.open(address));
      refused.remove(address);
    } catch (IOException e) {
      if (refused.add(address)) {
        LOG.atInfo()
            .addKeyValue("address", address.getHostAddress())
            .addKeyValue("why", e.getMessage())
            .log("no UDP port on this address yet");
      }
    }
  }

  private boolean closed(P port) {
    try {
      port.close();
    } catch (Exception e) {
      LOG.atDebug().setCause(e).log("a port was not closed");
    }
    return true;
  }

  @Override
  public synchronized void close() {
    closed = true;
    watch.shutdownNow();
    open.values().forEach(this::closed);
    open.clear();
  }
}
