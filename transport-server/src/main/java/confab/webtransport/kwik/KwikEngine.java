package confab.webtransport.kwik;

import confab.webtransport.certificates.Credentials;
import confab.webtransport.engine.AddressPorts;
import confab.webtransport.engine.Engine;
import confab.webtransport.engine.EngineLimits;
import confab.webtransport.engine.EngineSetup;
import confab.webtransport.engine.Handshakes;
import confab.webtransport.engine.SharedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The engine made of Kwik (QUIC) and Flupke (HTTP/3).
///
/// Kwik runs four threads per connection, and its datagram queue is unbounded, serves the newest
/// first and tells nothing back; so datagrams do not go there, see [KwikTunnel].
public final class KwikEngine implements Engine {
  private final EngineSetup setup;
  private final Handshakes handshakes = new Handshakes(false);
  private final ExecutorService streams = Executors.newVirtualThreadPerTaskExecutor();
  private final KwikPort port;
  private final AddressPorts<KwikPort> addressPorts;
  // Guarded by this.
  private Credentials credentials;

  /// @throws IOException when the address is in use or not of this machine
  public KwikEngine(EngineSetup setup) throws IOException {
    this.setup = setup;
    credentials = setup.credentials();
    port = new KwikPort(setup, SharedPort.free(setup.bind()), credentials, handshakes, streams);
    addressPorts = AddressPorts.beside(setup.bind().getAddress(), this::open);
  }

  private synchronized KwikPort open(InetAddress address) throws IOException {
    var bind = new InetSocketAddress(address, port.address().getPort());
    return new KwikPort(setup, bind, credentials, handshakes, streams);
  }

  private List<KwikPort> ports() {
    List<KwikPort> all = new ArrayList<>(addressPorts.all());
    all.add(port);
    return all;
  }

  @Override
  public InetSocketAddress address() {
    return port.address();
  }

  @Override
  public void use(Credentials newer) {
    synchronized (this) {
      credentials = newer;
    }
    ports().forEach(each -> each.use(newer));
  }

  /// Says goodbye on every connection, waits a moment for that to be sent, and frees the port.
  @Override
  public void close() {
    List<KwikPort> all = ports();
    all.forEach(KwikPort::sayGoodbye);
    awaitGoodbyes(all);
    addressPorts.close();
    port.close();
    streams.shutdownNow();
  }

  private static void awaitGoodbyes(List<KwikPort> all) {
    long deadline = System.nanoTime() + EngineLimits.GOODBYE.toNanos();
    try {
      while (System.nanoTime() < deadline && all.stream().anyMatch(KwikPort::hasConnections)) {
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
