package confab.edge;

import confab.edge.guard.ConnectionGuard;
import confab.edge.http.ReadableRefusals;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.AlpnOpenListener;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.server.protocol.http2.Http2OpenListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioExecutor;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import org.xnio.ssl.SslConnection;

/// The TCP side of an edge: HTTP/1.1 in the clear, HTTP/1.1 and HTTP/2 over TLS. All limits on what
/// a connection may cost before a handler sees it are here; how many there are is bounded by a
/// [ConnectionGuard].
///
/// Undertow's own builder lets nobody see a connection before its parser does, which the guard and
/// [ReadableRefusals] have to; so the listeners are put together here as the builder does.
final class WebServer implements AutoCloseable {
  /// The kernel would grow a send buffer to megabytes and hide for half a minute that a WebSocket
  /// peer has stopped reading. Linux doubles it: some 32 KiB, which is plenty for pages, too.
  private static final int SEND_BUFFER = 16 * 1024;

  /// What a peer sends that is not read waits in the kernel, which would let that grow to megabytes
  /// for each connection.
  private static final int RECEIVE_BUFFER = 64 * 1024;

  /// The longest body of a request; none of our requests needs one.
  private static final long MAX_BODY = 16 * 1024;

  private static final int MAX_HEADERS_BYTES = 16 * 1024;
  private static final int MAX_HEADER_COUNT = 64;
  private static final int MAX_STREAMS = 64;

  /// What is under way when the edge ends has this long.
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

  private static final int BACKLOG = 1000;

  /// As Undertow's builder has it: a TLS record of 16 KiB, less its overhead.
  private static final int BUFFER_BYTES = 16 * 1024 - 20;

  /// Buffers that are kept for the next who needs one, 4 MB.
  private static final int BUFFERS_KEPT = 256;

  /// None, since each request of the API has a thread of its own: 2,000 of them kept 44 MB.
  private static final int BUFFERS_OF_THREAD = 0;

  private final XnioWorker worker;
  private final XnioExecutor.Key deadlines;
  private final AcceptingChannel<?> http;
  private final AcceptingChannel<?> https;
  private final InetSocketAddress httpAddress;
  private final InetSocketAddress httpsAddress;

  private WebServer(
      XnioWorker worker,
      XnioExecutor.Key deadlines,
      AcceptingChannel<?> http,
      AcceptingChannel<?> https) {
    this.worker = worker;
    this.deadlines = deadlines;
    this.http = http;
    this.https = https;
    httpAddress = (InetSocketAddress) http.getLocalAddress();
    httpsAddress = (InetSocketAddress) https.getLocalAddress();
  }

  /// @param guard sees every connection first
  /// @param refusals for what is no request
  /// @throws StartException when a port cannot be had
  static WebServer start(
      EdgeConfig config,
      SSLContext tls,
      HttpHandler root,
      ConnectionGuard guard,
      ReadableRefusals refusals)
      throws StartException {
    Xnio xnio = Xnio.getInstance(WebServer.class.getClassLoader());
    XnioWorker worker = worker(xnio);
    try {
      // On the heap: Undertow hands direct ones that it no longer needs back only when it frees
      // the next, so those of a flood would stay.
      var buffers = new DefaultByteBufferPool(false, BUFFER_BYTES, BUFFERS_KEPT, BUFFERS_OF_THREAD);
      OptionMap sockets = sockets(config, worker);
      OptionMap requests = requests(config);

      HttpOpenListener clear = http1(buffers, requests, root);
      ChannelListener<StreamConnection> inTheClear =
          connection -> {
            if (guard.admits(connection)) {
              refusals.on(connection);
              clear.handleEvent(connection);
            }
          };
      AlpnOpenListener either = http1Or2(buffers, requests, root);
      var ssl = new UndertowXnioSsl(xnio, OptionMap.create(Options.USE_DIRECT_BUFFERS, true), tls);
      ChannelListener<StreamConnection> overTls =
          connection -> {
            // A connection that is refused costs no TLS engine.
            if (guard.admits(connection)) {
              SslConnection secured =
                  ssl.wrapExistingConnection(connection, OptionMap.EMPTY, false);
              refusals.on(secured);
              either.handleEvent(secured);
            }
          };
      Opening opening =
          (address, handler) ->
              worker.createStreamConnectionServer(
                  address, ChannelListeners.openListenerAdapter(handler), sockets);
      InetAddress bind = config.bind();
      return new WebServer(
          worker,
          guard.start(worker.getIoThread()),
          open(new InetSocketAddress(bind, config.ports().http()), opening, inTheClear),
          open(new InetSocketAddress(bind, config.ports().https()), opening, overTls));
    } catch (StartException | RuntimeException e) {
      worker.shutdownNow();
      throw e;
    }
  }

  private static XnioWorker worker(Xnio xnio) throws StartException {
    try {
      return xnio.createWorker(
          OptionMap.builder()
              .set(
                  Options.WORKER_IO_THREADS,
                  Math.max(2, Runtime.getRuntime().availableProcessors()))
              // Handlers run on the I/O threads or on virtual ones.
              .set(Options.WORKER_TASK_CORE_THREADS, 1)
              .set(Options.WORKER_TASK_MAX_THREADS, 1)
              .getMap());
    } catch (IOException e) {
      throw new StartException("cannot start the threads of the TCP ports: " + e.getMessage());
    }
  }

  private static HttpOpenListener http1(
      ByteBufferPool buffers, OptionMap requests, HttpHandler root) {
    var listener = new HttpOpenListener(buffers, requests);
    listener.setRootHandler(root);
    return listener;
  }

  /// Over HTTP/2 an address goes to the handlers as it came, since Undertow would close the whole
  /// connection where it cannot decode one.
  private static AlpnOpenListener http1Or2(
      ByteBufferPool buffers, OptionMap requests, HttpHandler root) {
    OptionMap asItCame =
        OptionMap.builder()
            .addAll(requests)
            .set(UndertowOptions.DECODE_URL, false)
            .set(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
            .getMap();
    var http2 = new Http2OpenListener(buffers, asItCame);
    http2.setRootHandler(root);
    return new AlpnOpenListener(buffers, requests, http1(buffers, requests, root))
        .addProtocol(Http2OpenListener.HTTP2, http2, 10);
  }

  private static OptionMap requests(EdgeConfig config) {
    return OptionMap.builder()
        .set(UndertowOptions.BUFFER_PIPELINED_DATA, true)
        .set(UndertowOptions.HTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, MAX_STREAMS)
        .set(UndertowOptions.MAX_ENTITY_SIZE, MAX_BODY)
        .set(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADERS_BYTES)
        .set(UndertowOptions.MAX_HEADERS, MAX_HEADER_COUNT)
        .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, millis(config.web().limits().firstRequest()))
        .set(UndertowOptions.NO_REQUEST_TIMEOUT, millis(config.web().limits().betweenRequests()))
        .set(UndertowOptions.IDLE_TIMEOUT, millis(silence(config)))
        .getMap();
  }

  private static OptionMap sockets(EdgeConfig config, XnioWorker worker) {
    return OptionMap.builder()
        .set(Options.WORKER_IO_THREADS, worker.getIoThreadCount())
        .set(Options.REUSE_ADDRESSES, true)
        .set(Options.BACKLOG, BACKLOG)
        .set(Options.BALANCING_TOKENS, 1)
        .set(Options.BALANCING_CONNECTIONS, 2)
        .set(Options.READ_TIMEOUT, millis(silence(config)))
        .set(Options.SEND_BUFFER, SEND_BUFFER)
        .set(Options.RECEIVE_BUFFER, RECEIVE_BUFFER)
        .set(Options.TCP_NODELAY, true)
        .getMap();
  }

  /// How long a socket may be silent. No participant is cut off by this: rooms close a silent
  /// connection much sooner.
  private static Duration silence(EdgeConfig config) {
    Duration longest = config.limits().idleTimeout().multipliedBy(2);
    Duration between = config.web().limits().betweenRequests();
    return longest.compareTo(between) < 0 ? between : longest;
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }

  private interface Opening {
    AcceptingChannel<?> at(InetSocketAddress address, ChannelListener<StreamConnection> handler)
        throws IOException;
  }

  private static AcceptingChannel<?> open(
      InetSocketAddress address, Opening opening, ChannelListener<StreamConnection> handler)
      throws StartException {
    try {
      AcceptingChannel<?> channel = opening.at(address, handler);
      channel.resumeAccepts();
      return channel;
    } catch (IOException e) {
      throw new StartException(
          "cannot listen on TCP port " + address.getPort() + ": " + e.getMessage());
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
    deadlines.remove();
    IoUtils.safeClose(http, https);
    worker.shutdown();
    try {
      if (!worker.awaitTermination(LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      worker.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
