package confab.edge;

import confab.access.TokenKeys;
import confab.access.TokenMaker;
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
import confab.edge.http.ForwardedRequests;
import confab.edge.http.JsonErrors;
import confab.edge.http.Pages;
import confab.edge.http.ReadableRefusals;
import confab.edge.http.SecureOrigin;
import confab.edge.http.SecurityHeaders;
import confab.edge.login.LoginApi;
import confab.edge.login.LoginCounters;
import confab.edge.rooms.RoomApi;
import confab.edge.rooms.RoomLinks;
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
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
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
      TokenKeys hostKeys = TokenKeys.OfEdges.CONFAB.from(identity.resumeKeys());
      TokenKeys guestKeys = TokenKeys.OfEdges.CONFAB_GUESTS.from(identity.resumeKeys());
      TokenKeys ownKeys = config.access().links().guests() ? hostKeys.and(guestKeys) : hostKeys;
      TokenInspector inspector = inspector(config, ownKeys, revocations);
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
      var logins = new LoginCounters();
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
              revocationFeed,
              logins);
      running.push(metrics::close);

      var urls = new EdgeUrls(webTransport.address(), certificates.selfMade(), config);
      var choice = new EdgeChoice(urls, self, directory, config.cluster().nats().isPresent());
      var origin =
          new SecureOrigin(
              this::httpAddress, this::httpsAddress, config.trustedProxies(), this::hostForOthers);
      var door =
          new AdminDoor(
              config.adminTokens(), config.access().takesTokens(), inspector::grantsAdmin);
      Api api =
          new Api(
              rooms,
              choice,
              origin,
              certificates.selfMade(),
              limits.allowedOrigins(),
              allowances,
              tokens,
              config.access(),
              new RoomApi(rooms, roomLinks(config, hostKeys, guestKeys), tokens, allowances),
              new DrainApi(door, drain::start),
              new RevocationApi(door, revocationFeed));
      running.push(api::close);

      Optional<LoginApi> login =
          config
              .access()
              .login()
              .map(
                  it ->
                      new LoginApi(
                          it,
                          config.basePath(),
                          identity.resumeKeys(),
                          new TokenMaker(hostKeys, InstantSource.system()),
                          revocations,
                          revocationFeed::revoke,
                          InstantSource.system(),
                          logins));
      login.ifPresent(it -> running.push(it::close));

      Pages pages = new Pages("/web", config.basePath());
      var headers =
          new SecurityHeaders(
              config.web().embedders(), config.tls().isPresent(), config.access().tokenUrl());
      HttpHandler guarded =
          new RequestGuard(
              allowances,
              limits.hosts(),
              limits.allowedOrigins(),
              Routes.FOR_OPERATORS,
              connections,
              refusals,
              new Routes(config.basePath(), pages, webSockets, api, login)
                  .handler(health, metrics));
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

  private static TokenInspector inspector(
      EdgeConfig config, TokenKeys ofEdges, Revocations revocations) throws StartException {
    try {
      return new TokenInspector(config.access(), ofEdges, revocations);
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

  private static RoomLinks roomLinks(EdgeConfig config, TokenKeys hosts, TokenKeys guests) {
    InstantSource clock = InstantSource.system();
    return new RoomLinks(
        config.access(),
        new TokenMaker(hosts, clock),
        new TokenMaker(guests, clock),
        config.basePath(),
        clock);
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
