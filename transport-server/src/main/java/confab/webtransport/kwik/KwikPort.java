package confab.webtransport.kwik;

import confab.protocol.webtransport.WebTransportNumbers;
import confab.webtransport.certificates.Credentials;
import confab.webtransport.engine.Engine.Acceptor;
import confab.webtransport.engine.EngineCounters;
import confab.webtransport.engine.EngineLimits;
import confab.webtransport.engine.EngineSetup;
import confab.webtransport.engine.Handshakes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.log.NullLogger;
import tech.kwik.core.server.ApplicationProtocolConnection;
import tech.kwik.core.server.ApplicationProtocolConnectionFactory;
import tech.kwik.core.server.ServerConnectionConfig;
import tech.kwik.core.server.ServerConnector;

/// Kwik on one UDP address: a connector, and beside it former ones with an older certificate for as
/// long as they have connections.
final class KwikPort implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KwikPort.class);

  private final Duration idleTimeout;
  private final Acceptor acceptor;
  private final EngineCounters counters;
  private final ExecutorService streams;
  private final UdpPort port;
  // Guarded by this; the last one is the newest.
  private final List<Generation> generations = new ArrayList<>();

  /// A connector with its certificate and the connections made through it.
  private record Generation(
      UdpPort.View view, ServerConnector connector, Set<KwikConnection> connections) {}

  /// @param streams where streams are served
  /// @throws IOException when the address is in use or not of this machine
  KwikPort(
      EngineSetup setup,
      InetSocketAddress bind,
      Credentials credentials,
      Handshakes handshakes,
      ExecutorService streams)
      throws IOException {
    idleTimeout = setup.idleTimeout();
    acceptor = setup.acceptor();
    counters = setup.counters();
    this.streams = streams;
    port = new UdpPort(bind, handshakes, counters);
    try {
      begin(generation(credentials));
    } catch (IOException e) {
      port.close();
      throw e;
    }
  }

  InetSocketAddress address() {
    return port.address();
  }

  /// Presents these credentials to connections that begin from now on.
  synchronized void use(Credentials credentials) {
    Generation before = generations.getLast();
    try {
      Generation next = generation(credentials);
      before.connections().forEach(each -> port.keep(each.remoteAddress(), before.view()));
      begin(next);
      endIfUnused(before);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("why", e.getMessage()).log("QUIC keeps the former certificate");
    }
  }

  /// Changes nothing yet: credentials that Kwik cannot use fail here.
  private Generation generation(Credentials credentials) throws IOException {
    UdpPort.View view = port.newView();
    try {
      ServerConnector connector =
          ServerConnector.builder()
              .withSocket(view)
              .withKeyStore(credentials.toKeyStore(), Credentials.ALIAS, Credentials.password())
              .withConfiguration(connectionConfig())
              .withLogger(new NullLogger())
              .build();
      var generation = new Generation(view, connector, ConcurrentHashMap.newKeySet());
      connector.registerApplicationProtocol(WebTransportNumbers.ALPN, new Http3(generation));
      return generation;
    } catch (CertificateException e) {
      view.close();
      throw new IOException("QUIC cannot use the certificate: " + e.getMessage(), e);
    }
  }

  private synchronized void begin(Generation generation) {
    generations.add(generation);
    port.readThrough(generation.view());
    generation.connector().start();
  }

  private ServerConnectionConfig connectionConfig() {
    return ServerConnectionConfig.builder()
        .maxIdleTimeout(Math.toIntExact(idleTimeout.toMillis()))
        .maxUnidirectionalStreamBufferSize(EngineLimits.STREAM_BUFFER_BYTES)
        .maxBidirectionalStreamBufferSize(EngineLimits.STREAM_BUFFER_BYTES)
        .maxConnectionBufferSize(EngineLimits.CONNECTION_BUFFER_BYTES)
        .maxOpenPeerInitiatedUnidirectionalStreams(EngineLimits.MAX_STREAMS)
        .maxOpenPeerInitiatedBidirectionalStreams(EngineLimits.MAX_STREAMS)
        // Kwik keeps a connection for everybody whom it asks; Handshakes bounds what floods do.
        .retryRequired(false)
        .connectionIdLength(8)
        .build();
  }

  private void connected(Generation generation, KwikConnection connection) {
    counters.connections.increment();
    generation.connections().add(connection);
    synchronized (this) {
      if (generations.getLast() != generation) {
        port.keep(connection.remoteAddress(), generation.view());
      }
    }
  }

  private void disconnected(Generation generation, KwikConnection connection) {
    counters.connectionsClosed.increment();
    generation.connections().remove(connection);
    port.completed(connection.remoteAddress());
    port.gone(connection.remoteAddress());
    endIfUnused(generation);
  }

  /// A connector that is not the newest ends with its last connection.
  private synchronized void endIfUnused(Generation generation) {
    if (generations.getLast() != generation
        && generation.connections().isEmpty()
        && generations.remove(generation)) {
      Thread.startVirtualThread(generation.connector()::close);
    }
  }

  /// Says goodbye on every connection, without waiting until that is sent.
  void sayGoodbye() {
    all().forEach(each -> each.connections().forEach(KwikConnection::closeNow));
  }

  boolean hasConnections() {
    return all().stream().anyMatch(each -> !each.connections().isEmpty());
  }

  /// Frees the port. What Kwik still has to wait for it does on its own time.
  @Override
  public void close() {
    port.close();
    all().forEach(each -> Thread.startVirtualThread(each.connector()::close));
  }

  private synchronized List<Generation> all() {
    return List.copyOf(generations);
  }

  /// Makes the HTTP/3 side of a connection once TLS has agreed on `h3`.
  private final class Http3 implements ApplicationProtocolConnectionFactory {
    private final Generation generation;

    Http3(Generation generation) {
      this.generation = generation;
    }

    @Override
    public ApplicationProtocolConnection createConnection(String protocol, QuicConnection quic) {
      var connection = new KwikConnection(quic, acceptor, counters, streams, port::completed);
      connected(generation, connection);
      connection.begin(() -> disconnected(generation, connection));
      return connection;
    }

    @Override
    public int maxConcurrentPeerInitiatedUnidirectionalStreams() {
      return EngineLimits.MAX_STREAMS;
    }

    @Override
    public int maxConcurrentPeerInitiatedBidirectionalStreams() {
      return EngineLimits.MAX_STREAMS;
    }

    @Override
    public boolean enableDatagramExtension() {
      return true;
    }
  }
}
