package confab.edge;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.xnio.Options;

/// The TCP side of an edge: HTTP/1.1 in the clear, HTTP/1.1 and HTTP/2 over TLS. All limits on what
/// a connection may cost before a handler sees it are here.
final class WebServer implements AutoCloseable {
  /// The kernel would grow a send buffer to megabytes and hide for half a minute that a WebSocket
  /// peer has stopped reading. Linux doubles it: some 32 KiB, which is plenty for pages, too.
  private static final int SEND_BUFFER = 16 * 1024;

  /// The longest body of a request; none of our requests needs one.
  private static final long MAX_BODY = 16 * 1024;

  private static final int MAX_HEADERS_BYTES = 16 * 1024;
  private static final int MAX_HEADER_COUNT = 64;
  private static final int MAX_STREAMS = 64;

  /// A whole request head arrives within this.
  private static final Duration REQUEST_HEAD = Duration.ofSeconds(10);

  /// A kept-alive connection without a request lives this long.
  private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(60);

  /// Connections for pages and the API, beside those of participants.
  private static final int SPARE_CONNECTIONS = 1024;

  private final Undertow undertow;
  private final InetSocketAddress httpAddress;
  private final InetSocketAddress httpsAddress;

  private WebServer(Undertow undertow) {
    this.undertow = undertow;
    // In the order in which the listeners were added.
    var listeners = undertow.getListenerInfo();
    httpAddress = (InetSocketAddress) listeners.get(0).getAddress();
    httpsAddress = (InetSocketAddress) listeners.get(1).getAddress();
  }

  /// @throws StartException when a port cannot be had
  static WebServer start(EdgeConfig config, SSLContext tls, HttpHandler root)
      throws StartException {
    String host = config.bind().getHostAddress();
    var http =
        new Undertow.ListenerBuilder()
            .setType(Undertow.ListenerType.HTTP)
            .setHost(host)
            .setPort(config.ports().http());
    var https =
        new Undertow.ListenerBuilder()
            .setType(Undertow.ListenerType.HTTPS)
            .setHost(host)
            .setPort(config.ports().https())
            .setSslContext(tls);
    Undertow.Builder builder =
        Undertow.builder().addListener(http).addListener(https).setHandler(root);
    limit(builder, config);
    probe(config.bind(), config.ports().http());
    probe(config.bind(), config.ports().https());
    Undertow undertow = builder.build();
    try {
      undertow.start();
    } catch (RuntimeException e) {
      throw new StartException("cannot open the TCP ports: " + e.getMessage());
    }
    return new WebServer(undertow);
  }

  private static void limit(Undertow.Builder builder, EdgeConfig config) {
    int connections = config.limits().maxSessions() + SPARE_CONNECTIONS;
    builder
        .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
        .setServerOption(UndertowOptions.HTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, MAX_STREAMS)
        .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, MAX_BODY)
        .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADERS_BYTES)
        .setServerOption(UndertowOptions.MAX_HEADERS, MAX_HEADER_COUNT)
        .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, millis(REQUEST_HEAD))
        .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, millis(BETWEEN_REQUESTS))
        .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, 1000)
        .setServerOption(UndertowOptions.IDLE_TIMEOUT, millis(silence(config)))
        .setSocketOption(Options.READ_TIMEOUT, millis(silence(config)))
        .setSocketOption(Options.SEND_BUFFER, SEND_BUFFER)
        .setSocketOption(Options.TCP_NODELAY, true)
        .setSocketOption(Options.CONNECTION_HIGH_WATER, connections)
        .setSocketOption(Options.CONNECTION_LOW_WATER, connections)
        // Handlers run on the I/O threads or on virtual ones.
        .setWorkerThreads(1);
  }

  /// How long a socket may be silent. No participant is cut off by this: rooms close a silent
  /// connection much sooner.
  private static Duration silence(EdgeConfig config) {
    Duration longest = config.limits().idleTimeout().multipliedBy(2);
    return longest.compareTo(BETWEEN_REQUESTS) < 0 ? BETWEEN_REQUESTS : longest;
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }

  /// Undertow does not say which of its listeners cannot be opened and, stopped after such a start,
  /// may wait for ever; so the ports are tried before.
  private static void probe(InetAddress bind, int port) throws StartException {
    try {
      new ServerSocket(port, 1, bind).close();
    } catch (IOException e) {
      throw new StartException("cannot listen on TCP port " + port + ": " + e.getMessage());
    }
  }

  InetSocketAddress httpAddress() {
    return httpAddress;
  }

  InetSocketAddress httpsAddress() {
    return httpsAddress;
  }

  @Override
  public void close() {
    undertow.stop();
  }
}
