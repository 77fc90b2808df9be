package confab.edge;

import confab.bus.Bus;
import confab.bus.LocalBus;
import confab.bus.NatsBus;
import confab.bus.NatsConfig;
import confab.edge.access.RevocationFeed;
import confab.edge.access.RevocationFile;
import confab.edge.access.TokenCheck;
import confab.edge.access.TokenInspector;
import confab.edge.admin.AdminDoor;
import confab.edge.admin.DrainApi;
import confab.edge.admin.RevocationApi;
import confab.edge.guard.AddressLimits;
import confab.edge.guard.ConnectionGuard;
import confab.edge.guard.HttpRefusals;
import confab.edge.guard.RequestGuard;
import confab.edge.http.DirectOnly;
import confab.edge.http.ForwardedRequests;
import confab.edge.http.JsonErrors;
import confab.edge.http.Pages;
import confab.edge.http.PlainPaths;
import confab.edge.http.ReadOnly;
import confab.edge.http.ReadableRefusals;
import confab.edge.http.SecureOrigin;
import confab.edge.http.SecurityHeaders;
import confab.protocol.EdgeNotice;
import confab.protocol.address.Hosts;
import confab.room.EdgeIdentity;
import confab.room.RoomLimits;
import confab.room.Rooms;
import confab.room.grants.Access;
import confab.room.grants.Revocations;
import confab.websocket.WebSocketFallback;
import confab.webtransport.QuicEngine;
import confab.webtransport.WebTransportConfig;
import confab.webtransport.WebTransportServer;
import confab.webtransport.certificates.Certificates;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.PathHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running edge. [#start] makes its parts in order, [#close] ends them in reverse.
///
/// Thread-safe. Several may run in one process; none touches the process's logging, which is
/// `confab serve`'s.
public final class Edge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

  static final String WEB_TRANSPORT_PATH = "/wt";
  static final String WEB_SOCKET_PATH = "/ws";

  private static final String LIVENESS = "/healthz";
  private static final String READINESS = "/readyz";
  private static final String METRICS = "/metrics";

  /// Answered under whatever host: balancers go by addresses.
  private static final Set<String> FOR_OPERATORS = Set.of(LIVENESS, READINESS, METRICS);

  /// How to end the parts that run so far, the latest first.
  private final Deque<Runnable> running = new ArrayDeque<>();

  private final EdgeConfig config;
  private final Certificates certificates;
  private final WebTransportServer webTransport;
  private final WebServer web;
  private final Drain drain;

  private Edge(EdgeConfig config) throws StartException {
    this.config = config;
    try {
      certificates = certificates(config);
      running.push(certificates::close);
      warnOfOldCertificate();

      Bus bus = bus(config);
      running.push(bus::close);

      EdgeIdentity identity = identity(config);
      RoomLimits limits =
          config
              .limits()
              .with(
                  it -> {
                    it.hosts = hosts(config);
                    it.ticketsOnly = config.access().tokensOnly();
                  });
      var revocations = new Revocations(InstantSource.system());
      keepRevocations(config, revocations);
      TokenInspector inspector = inspector(config, revocations);
      Rooms rooms = new Rooms(identity, bus, limits, new Access(inspector, revocations));
      webTransport = webTransport(config, rooms, certificates);
      running.push(webTransport::close);

      Health health = new Health(bus::fault);
      Supplier<EdgeNotice> self = () -> notice(identity, rooms, health);
      EdgeDirectory directory = new EdgeDirectory(bus, identity.seal(), self);
      running.push(directory::close);

      drain = new Drain(config.drain(), rooms, directory, health);
      WebSocketFallback webSockets = new WebSocketFallback(rooms, JsonErrors::refuse);
      var refusals = new HttpRefusals();
      var allowances = new AddressLimits(config.web().limits(), refusals, System::nanoTime);
      var connections =
          new ConnectionGuard(
              config.web().limits(),
              config.trustedProxies(),
              allowances::isSpent,
              refusals,
              System::nanoTime);
      var revocationFeed = new RevocationFeed(revocations, bus, identity.seal());
      running.push(revocationFeed::close);
      var tokens = new TokenCheck(inspector, rooms);
      Metrics metrics =
          new Metrics(
              rooms,
              webTransport,
              certificates,
              bus,
              directory,
              connections,
              refusals,
              inspector,
              revocations,
              revocationFeed);
      running.push(metrics::close);

      var urls = new EdgeUrls(webTransport.address(), certificates.selfMade(), config);
      var choice = new EdgeChoice(urls, self, directory, config.cluster().nats().isPresent());
      var origin =
          new SecureOrigin(
              this::httpAddress, this::httpsAddress, config.trustedProxies(), this::hostForOthers);
      var door =
          new AdminDoor(config.adminTokens(), config.access().tokensOnly(), inspector::grantsAdmin);
      Api api =
          new Api(
              rooms,
              choice,
              origin,
              certificates.selfMade(),
              limits.allowedOrigins(),
              allowances,
              tokens,
              new DrainApi(door, drain::start),
              new RevocationApi(door, revocationFeed));
      running.push(api::close);

      Pages pages = new Pages("/web", config.basePath());
      var headers = new SecurityHeaders(config.web().embedders(), config.tls().isPresent());
      HttpHandler guarded =
          new RequestGuard(
              allowances,
              limits.hosts(),
              limits.allowedOrigins(),
              FOR_OPERATORS,
              connections,
              refusals,
              routes(pages, webSockets, api, metrics, health));
      HttpHandler root =
          connections.before(
              new ForwardedRequests(config.trustedProxies(), headers.before(guarded)));
      var unreadable = new ReadableRefusals(pages.index(), headers);
      web = WebServer.start(config, certificates.sslContext(), root, connections, unreadable);
      running.push(web::close);
      // Sessions learn that the edge ends while there are still sockets to tell them by.
      running.push(webSockets::close);
      running.push(rooms::close);

      webTransport.warmUp();
      health.ready();
      directory.announce();
      running.push(health::draining);
    } catch (StartException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Returns when the edge serves.
  ///
  /// @throws StartException when a port or a certificate cannot be had
  public static Edge start(EdgeConfig config) throws StartException {
    return new Edge(config);
  }

  private static Certificates certificates(EdgeConfig config) throws StartException {
    if (config.tls().isEmpty()) {
      return Certificates.selfMade(LocalAddresses.names(config.bind()));
    }
    EdgeConfig.PemFiles files = config.tls().get();
    try {
      return Certificates.fromFiles(files.certificate(), files.key());
    } catch (GeneralSecurityException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  /// By which this edge is reached: those of the operator, and where others are sent to.
  private static Hosts hosts(EdgeConfig config) {
    var quic = new InetSocketAddress(config.bind(), config.ports().quic());
    return config
        .limits()
        .hosts()
        .and(EdgeUrls.advertised(config, quic).stream().toList())
        .and(config.cluster().webSocketUrl().stream().toList());
  }

  private void warnOfOldCertificate() {
    if (Instant.now().getEpochSecond() > certificates.notAfterSeconds()) {
      LOG.atWarn()
          .addKeyValue("notAfter", Instant.ofEpochSecond(certificates.notAfterSeconds()))
          .log("the certificate has expired: browsers will not connect");
    }
  }

  private static WebTransportServer webTransport(
      EdgeConfig config, Rooms rooms, Certificates certificates) throws StartException {
    if (!config.quic().isAvailable()) {
      throw new StartException(
          "--quic netty does not run here (" + config.quic().obstacle().orElse("") + ")");
    }
    int port = config.ports().quic();
    var bind = new InetSocketAddress(config.bind(), port);
    var settings =
        new WebTransportConfig(
            bind, WEB_TRANSPORT_PATH, config.limits().idleTimeout(), config.quic());
    try {
      return WebTransportServer.start(settings, rooms, certificates);
    } catch (IOException e) {
      throw new StartException("cannot listen on UDP port " + port + ": " + e.getMessage());
    }
  }

  private void keepRevocations(EdgeConfig config, Revocations revocations) throws StartException {
    if (config.access().revocations().isPresent()) {
      try {
        var file = new RevocationFile(revocations, config.access().revocations().get());
        running.push(file::close);
      } catch (IOException e) {
        throw new StartException("--revocations-file: " + e.getMessage());
      }
    }
  }

  private static TokenInspector inspector(EdgeConfig config, Revocations revocations)
      throws StartException {
    try {
      return new TokenInspector(config.access(), revocations);
    } catch (IOException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  private static Bus bus(EdgeConfig config) throws StartException {
    Optional<NatsConfig> nats = config.cluster().nats();
    try {
      return nats.isPresent() ? NatsBus.connect(nats.get()) : LocalBus.alone();
    } catch (IllegalArgumentException e) {
      throw new StartException("--nats: " + e.getMessage());
    }
  }

  private static EdgeIdentity identity(EdgeConfig config) {
    List<String> keys = config.cluster().resumeKeys();
    if (!keys.isEmpty()) {
      return EdgeIdentity.named(config.name(), keys);
    }
    if (config.cluster().nats().isPresent()) {
      LOG.warn("without --resume-key nobody who comes from another edge is known here");
    }
    return EdgeIdentity.named(config.name());
  }

  /// What the other edges are told of this one.
  private EdgeNotice notice(EdgeIdentity identity, Rooms rooms, Health health) {
    return new EdgeNotice(
        identity.run(),
        identity.name(),
        EdgeUrls.advertised(config, webTransport.address()),
        certificates.hashes(),
        config.cluster().webSocketUrl(),
        rooms.connectionCount(),
        config.limits().maxSessions(),
        !health.isReady(),
        Optional.of(Instant.now()));
  }

  private HttpHandler routes(
      Pages pages, WebSocketFallback webSockets, Api api, Metrics metrics, Health health) {
    PathHandler paths =
        forVisitors(pages, webSockets, api)
            .addExactPath(LIVENESS, forOperators(health::live))
            .addExactPath(READINESS, forOperators(health::readiness))
            .addExactPath(METRICS, forOperators(metrics));
    if (isBelowAFolder()) {
      // Some proxies pass the folder on, others take it off; what is for operators is at the root.
      paths.addPrefixPath(
          config.basePath(),
          forVisitors(pages, webSockets, api)
              .addExactPath("/api/v1/drain", JsonErrors::notFound)
              .addExactPath("/api/v1/revocations", JsonErrors::notFound));
    }
    return new PlainPaths(paths, pages::unreadable);
  }

  private HttpHandler forOperators(HttpHandler handler) {
    HttpHandler shown = new ReadOnly(handler);
    return isBelowAFolder() ? new DirectOnly(shown) : shown;
  }

  private boolean isBelowAFolder() {
    return !config.basePath().isEmpty();
  }

  private static PathHandler forVisitors(Pages pages, WebSocketFallback webSockets, Api api) {
    return new PathHandler(new ReadOnly(pages))
        .addExactPath(WEB_SOCKET_PATH, webSockets)
        .addPrefixPath("/api/v1", api);
  }

  /// The host by which other machines dial this one. A certificate of the operator's is for a name
  /// that the edge does not know.
  private Optional<String> hostForOthers() {
    return certificates.selfMade() && config.bind().isAnyLocalAddress()
        ? LocalAddresses.dialable().stream().findFirst().map(LocalAddresses::inUrl)
        : Optional.empty();
  }

  /// Where pages, API and WebSocket are in the clear.
  public InetSocketAddress httpAddress() {
    return web.httpAddress();
  }

  /// Where pages, API and WebSocket are over TLS.
  public InetSocketAddress httpsAddress() {
    return web.httpsAddress();
  }

  /// Where WebTransport is.
  public InetSocketAddress quicAddress() {
    return webTransport.address();
  }

  QuicEngine engine() {
    return config.quic();
  }

  boolean selfMadeCertificate() {
    return certificates.selfMade();
  }

  /// Begins to move everybody to other edges, if there are any; see [Drain#run].
  void drain() {
    drain.start();
  }

  /// Waits for those no longer who have not moved yet.
  void hurry() {
    drain.hurry();
  }

  /// Returns when the edge has been drained by whoever may.
  void awaitDrained() throws InterruptedException {
    drain.await();
  }

  /// Closes every session with `shutdown`, gives the peers a moment to hear it, then ends. Further
  /// calls do nothing.
  @Override
  public synchronized void close() {
    while (!running.isEmpty()) {
      running.pop().run();
    }
  }
}
