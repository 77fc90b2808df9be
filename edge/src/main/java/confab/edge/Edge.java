package confab.edge;

import confab.bus.Bus;
import confab.bus.LocalBus;
import confab.room.Rooms;
import confab.websocket.WebSocketFallback;
import confab.webtransport.Certificates;
import confab.webtransport.WebTransportConfig;
import confab.webtransport.WebTransportServer;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.PathHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Deque;

/// One running edge. [#start] makes its parts in order, [#close] ends them in reverse.
///
/// Thread-safe. Several may run in one process; none touches the process's logging, which is
/// `confab serve`'s.
public final class Edge implements AutoCloseable {
  static final String WEB_TRANSPORT_PATH = "/wt";
  static final String WEB_SOCKET_PATH = "/ws";

  /// What runs so far, the latest first.
  private final Deque<Runnable> running = new ArrayDeque<>();

  private final Health health = new Health();
  private final Certificates certificates;
  private final WebTransportServer webTransport;
  private final WebServer web;

  private Edge(EdgeConfig config) throws StartException {
    try {
      certificates = certificates(config);
      running.push(certificates::close);

      Bus bus = LocalBus.alone();
      running.push(bus::close);

      Rooms rooms = new Rooms(config.name(), bus, config.limits());
      webTransport = webTransport(config, rooms, certificates);
      running.push(webTransport::close);

      WebSocketFallback webSockets = new WebSocketFallback(rooms);
      Metrics metrics = new Metrics(rooms, webTransport);
      running.push(metrics::close);

      var urls = new EdgeUrls(webTransport.address(), certificates.selfMade());
      Api api = new Api(rooms, certificates, urls);
      running.push(api::close);

      HttpHandler root = routes(webSockets, api, metrics);
      web = WebServer.start(config, certificates.sslContext(), root);
      running.push(web::close);
      // Sessions learn that the edge ends while there are still sockets to tell them by.
      running.push(webSockets::close);
      running.push(rooms::close);

      webTransport.warmUp();
      health.ready();
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

  private static WebTransportServer webTransport(
      EdgeConfig config, Rooms rooms, Certificates certificates) throws StartException {
    int port = config.ports().quic();
    var bind = new InetSocketAddress(config.bind(), port);
    var settings = new WebTransportConfig(bind, WEB_TRANSPORT_PATH, config.limits().idleTimeout());
    try {
      return WebTransportServer.start(settings, rooms, certificates);
    } catch (IOException e) {
      throw new StartException("cannot listen on UDP port " + port + ": " + e.getMessage());
    }
  }

  private HttpHandler routes(WebSocketFallback webSockets, Api api, Metrics metrics) {
    return new SecurityHeaders(
        new PathHandler(new Pages("/web"))
            .addExactPath(WEB_SOCKET_PATH, webSockets)
            .addPrefixPath("/api/v1", api)
            .addExactPath("/healthz", health::live)
            .addExactPath("/readyz", health::readiness)
            .addExactPath("/metrics", metrics));
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

  boolean selfMadeCertificate() {
    return certificates.selfMade();
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
